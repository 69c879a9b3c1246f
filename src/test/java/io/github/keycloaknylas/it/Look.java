package io.github.keycloaknylas.it;

import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.signin.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Answers of a server as they are, whatever their status. */
final class Look {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final KeycloakServer server;

    Look(KeycloakServer server) {
        this.server = server;
    }

    String asAdmin(String method, String address) {
        return send(method, address, server.admin().tokenManager().getAccessTokenString());
    }

    String as(Tokens tokens, String address) {
        return send("GET", address, tokens.accessToken());
    }

    String plain(String address) {
        return send("GET", address, null);
    }

    private String send(String method, String address, String bearer) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address))
                .header("Accept", "application/json")
                .method(method, BodyPublishers.noBody());
        if (bearer != null) {
            request.header("Authorization", "Bearer " + bearer);
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
