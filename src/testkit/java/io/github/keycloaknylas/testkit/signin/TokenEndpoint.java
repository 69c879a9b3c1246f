package io.github.keycloaknylas.testkit.signin;

import io.github.keycloaknylas.testkit.http.Parameters;
import io.github.keycloaknylas.testkit.server.TestRealm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;

/** The application's direct requests to Keycloak, without the browser. */
public final class TokenEndpoint {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final TestRealm realm;

    public TokenEndpoint(TestRealm realm) {
        this.realm = realm;
    }

    public Tokens exchange(String code) {
        return request(Map.of("grant_type", "authorization_code", "code", code, "redirect_uri", redirect()));
    }

    public Tokens refresh(Tokens tokens) {
        return request(Map.of("grant_type", "refresh_token", "refresh_token", tokens.refreshToken()));
    }

    String redirect() {
        return realm.client().redirect().toString();
    }

    private Tokens request(Map<String, String> parameters) {
        Map<String, String> form = new LinkedHashMap<>(parameters);
        form.put("client_id", realm.client().id());
        if (realm.client().secret() != null) {
            form.put("client_secret", realm.client().secret());
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(realm.url() + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(new Parameters(form).encoded()))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError(
                        "the token request was answered with " + response.statusCode() + ": " + response.body());
            }
            return Tokens.of(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
