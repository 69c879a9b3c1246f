package io.github.keycloaknylas.demo;

import io.github.keycloaknylas.testkit.server.KeycloakServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** The one call by which an administrator prepares a realm for grants. */
final class SetUpCall {

    private SetUpCall() {}

    static void to(KeycloakServer server, String realm) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(server.baseUrl() + "/admin/realms/" + realm + "/nylas/setup"))
                .header(
                        "Authorization",
                        "Bearer " + server.admin().tokenManager().getAccessTokenString())
                .POST(BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new DemoFailure(
                        "The set-up call was answered with " + response.statusCode() + ": " + response.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
