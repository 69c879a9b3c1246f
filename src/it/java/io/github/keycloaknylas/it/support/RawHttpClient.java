package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.signin.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Returns the bodies of answers, whatever their status. */
public final class RawHttpClient {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final KeycloakServer server;

    public RawHttpClient(KeycloakServer server) {
        this.server = server;
    }

    public String asAdmin(String method, String address) {
        return as(server.admin().tokenManager().getAccessTokenString(), method, address);
    }

    public String as(Tokens tokens, String address) {
        return as(tokens.accessToken(), "GET", address);
    }

    /** As nobody; what answers may choose its form, since metrics are never JSON. */
    public String plain(String address) {
        return send(HttpRequest.newBuilder(URI.create(address)).build());
    }

    private static String as(String bearer, String method, String address) {
        return send(HttpRequest.newBuilder(URI.create(address))
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + bearer)
                .method(method, BodyPublishers.noBody())
                .build());
    }

    private static String send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
