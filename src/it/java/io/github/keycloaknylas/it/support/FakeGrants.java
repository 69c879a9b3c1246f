package io.github.keycloaknylas.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloaknylas.testkit.http.Json;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.microsoft.App;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Grants at the fake Nylas that no Keycloak asked for: made by the API, as the extension makes them. */
final class FakeGrants {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int DOCUMENTED_LIMIT = 50;

    private FakeGrants() {}

    /** The grant id of each account, in the application of {@link TestEnvironment}. */
    static Map<Account, String> of(List<Account> accounts) {
        TestEnvironment.NYLAS.behaviour().noRateLimit();
        try {
            Map<Account, String> grants = new LinkedHashMap<>();
            accounts.forEach(account -> grants.put(account, create(account)));
            return grants;
        } finally {
            TestEnvironment.NYLAS.behaviour().rateLimit(DOCUMENTED_LIMIT, null);
        }
    }

    private static String create(Account account) {
        ObjectNode body = Json.object().put("provider", "microsoft");
        body.putObject("settings")
                .put(
                        "refresh_token",
                        TestEnvironment.MICROSOFT.issueRefreshToken(account, App.DEFAULT, TestEnvironment.SCOPES));
        HttpRequest request = HttpRequest.newBuilder(URI.create(TestEnvironment.NYLAS.uri() + "/v3/connect/custom"))
                .header("Authorization", "Bearer " + TestEnvironment.API_KEY)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            JsonNode id = Json.read(response.body()).path("data").path("id");
            if (!id.isTextual()) {
                throw new AssertionError("a new grant was answered with " + response.statusCode());
            }
            return id.asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
