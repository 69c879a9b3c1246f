package io.github.keycloaknylas.demo;

import io.github.keycloaknylas.testkit.http.Parameters;
import io.github.keycloaknylas.testkit.signin.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The authorization code flow, from the application's side. */
public record OidcClient(URI realm, String id, String secret, URI redirect) {

    static final String REALM = "demo";
    static final String ID = "example-app";
    static final String SECRET = "example-app-secret";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static OidcClient ofTheDemo(URI keycloak, URI app) {
        return new OidcClient(URI.create(keycloak + "/realms/" + REALM), ID, SECRET, app.resolve("/callback"));
    }

    URI signIn(String state) {
        return endpoint(
                "auth",
                Map.of(
                        "client_id",
                        id,
                        "redirect_uri",
                        redirect.toString(),
                        "response_type",
                        "code",
                        "scope",
                        "openid",
                        "state",
                        state));
    }

    URI signOut(Tokens tokens) {
        return endpoint(
                "logout",
                Map.of(
                        "id_token_hint", tokens.idToken(),
                        "post_logout_redirect_uri", redirect.resolve("/").toString()));
    }

    /** Empty if Keycloak does not take the code. */
    Optional<Tokens> redeem(String code) {
        return tokens(Map.of("grant_type", "authorization_code", "code", code, "redirect_uri", redirect.toString()));
    }

    /** Empty if the person is no longer signed in. */
    Optional<Tokens> refresh(Tokens tokens) {
        return tokens(Map.of("grant_type", "refresh_token", "refresh_token", tokens.refreshToken()));
    }

    private Optional<Tokens> tokens(Map<String, String> parameters) {
        Map<String, String> form = new TreeMap<>(parameters);
        form.put("client_id", id);
        form.put("client_secret", secret);
        HttpRequest request = HttpRequest.newBuilder(endpoint("token", Map.of()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encode(form)))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            return response.statusCode() == 200 ? Optional.of(Tokens.of(response.body())) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private URI endpoint(String name, Map<String, String> query) {
        return URI.create(realm + "/protocol/openid-connect/" + name + (query.isEmpty() ? "" : "?" + encode(query)));
    }

    private static String encode(Map<String, String> parameters) {
        return new Parameters(new TreeMap<>(parameters)).encoded();
    }
}
