package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.TestRealm;
import io.github.keycloaknylas.testkit.signin.UserAgent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.keycloak.representations.idm.RequiredActionConfigRepresentation;

/** An administrator takes a user's place ("Impersonate" in the admin console). */
public final class Impersonation {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Impersonation() {}

    /** Linking asks for a fresh sign-in, unless a realm says how old it may be; an impersonator never signed in. */
    public static void letItLink(TestRealm realm) {
        RequiredActionConfigRepresentation config = new RequiredActionConfigRepresentation();
        config.setConfig(Map.of("max_auth_age", Integer.toString(Integer.MAX_VALUE)));
        realm.admin().flows().updateRequiredActionConfig("idp_link", config);
    }

    /** Returns the browser in which the administrator is that user now. */
    public static UserAgent of(KeycloakServer server, String realm, String userId) {
        URI address = URI.create(server.baseUrl() + "/admin/realms/" + realm + "/users/" + userId + "/impersonation");
        HttpRequest request = HttpRequest.newBuilder(address)
                .header(
                        "Authorization",
                        "Bearer " + server.admin().tokenManager().getAccessTokenString())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new AssertionError("impersonation was answered with " + response.statusCode());
            }
            UserAgent browser = new UserAgent();
            browser.take(address, response.headers().allValues("Set-Cookie"));
            return browser;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
