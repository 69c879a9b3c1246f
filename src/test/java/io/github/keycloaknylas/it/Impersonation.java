package io.github.keycloaknylas.it;

import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.TestRealm;
import io.github.keycloaknylas.testkit.signin.UserAgent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** An administrator takes a user's place, from the admin console on. */
final class Impersonation {

    private Impersonation() {}

    /** Returns the administrator's browser, signed in as the user. */
    static UserAgent of(KeycloakServer server, TestRealm realm, String userId) {
        URI address =
                URI.create(server.baseUrl() + "/admin/realms/" + realm.name() + "/users/" + userId + "/impersonation");
        HttpRequest request = HttpRequest.newBuilder(address)
                .header(
                        "Authorization",
                        "Bearer " + server.admin().tokenManager().getAccessTokenString())
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError("impersonation was answered with " + answer.statusCode());
            }
            UserAgent browser = new UserAgent();
            browser.takeCookies(address, answer.headers().allValues("Set-Cookie"));
            return browser;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
