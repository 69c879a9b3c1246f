package io.github.keycloaknylas.kit.microsoft;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloaknylas.testkit.http.Json;
import io.github.keycloaknylas.testkit.http.Parameters;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.microsoft.App;
import io.github.keycloaknylas.testkit.microsoft.EntraUrls;
import io.github.keycloaknylas.testkit.microsoft.FakeMicrosoft;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.Map;

/** The HTTP client of an app and its browser, which follows no redirect. */
final class MicrosoftClient {

    static final String CALLBACK = "http://localhost:8080/callback";
    static final String ALL_SCOPES = "openid profile email offline_access User.Read Mail.Read";

    private final HttpClient client;
    private final EntraUrls urls;

    MicrosoftClient(HttpClient client, EntraUrls urls) {
        this.client = client;
        this.urls = urls;
    }

    static MicrosoftClient plain(FakeMicrosoft microsoft) {
        return new MicrosoftClient(HttpClient.newHttpClient(), microsoft.urls());
    }

    URI authorize(String... more) {
        Map<String, String> query = with(
                Map.of(
                        "client_id",
                        App.DEFAULT.clientId(),
                        "redirect_uri",
                        CALLBACK,
                        "response_type",
                        "code",
                        "scope",
                        ALL_SCOPES,
                        "state",
                        "s-1"),
                more);
        return URI.create(urls.authorizeUrl() + "?" + new Parameters(query).encoded());
    }

    HttpResponse<String> get(URI uri, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    HttpResponse<String> post(URI uri, Map<String, String> form, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(new Parameters(form).encoded()));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** Presses a button of the sign-in page, and returns what the browser carries back to the app. */
    Map<String, String> decide(URI authorize, String decision, Account account) {
        HttpResponse<String> answer = post(authorize, Map.of("account", account.id(), "decision", decision));
        return Parameters.parse(
                        URI.create(answer.headers().firstValue("Location").orElseThrow())
                                .getRawQuery())
                .values();
    }

    /** Signs in with these scopes and redeems the code. */
    JsonNode signIn(Account account, String scope) {
        String code = decide(authorize("scope", scope, "nonce", "n-1"), "accept", account)
                .get("code");
        return json(redeem(code));
    }

    HttpResponse<String> redeem(String code, String... more) {
        return token("authorization_code", with(Map.of("code", code, "redirect_uri", CALLBACK), more));
    }

    HttpResponse<String> refresh(String refreshToken, String... more) {
        return token("refresh_token", with(Map.of("refresh_token", refreshToken), more));
    }

    HttpResponse<String> me(String accessToken) {
        return get(urls.graphMeUrl(), "Authorization", "Bearer " + accessToken);
    }

    static JsonNode json(HttpResponse<String> response) {
        return Json.read(response.body());
    }

    static Map<String, String> with(Map<String, String> base, String... more) {
        Map<String, String> all = new LinkedHashMap<>(base);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    private HttpResponse<String> token(String grantType, Map<String, String> form) {
        Map<String, String> whole = with(Map.of(
                "grant_type", grantType,
                "client_id", App.DEFAULT.clientId(),
                "client_secret", App.DEFAULT.clientSecret()));
        whole.putAll(form);
        return post(urls.tokenUrl(), whole);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
