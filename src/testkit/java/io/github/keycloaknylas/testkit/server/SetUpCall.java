package io.github.keycloaknylas.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** The one call by which an administrator prepares a realm for grants. */
public final class SetUpCall {

    private SetUpCall() {}

    /**
     * Declares the user attribute and creates the client scope {@code nylas}.
     *
     * @param server the server, whose administrator makes the call
     * @param realm the realm's name
     * @throws ServerFailure if the answer is anything but 200
     */
    public static void to(KeycloakServer server, String realm) {
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
                throw new ServerFailure(
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
