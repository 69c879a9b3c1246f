package io.github.keycloaknylas.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloaknylas.testkit.http.Json;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** The extension's part of the admin REST API of one realm, called with one access token. */
public final class AdminApi {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** An answer in JSON. */
    public record Answer(int status, JsonNode json) {

        public String text(String field) {
            return json.path(field).asText();
        }

        /** What Keycloak's error shape says. */
        public String error() {
            return json.path("errorMessage").asText(json.path("error").asText());
        }
    }

    private final KeycloakServer server;
    private final String realm;
    private final String token;

    private AdminApi(KeycloakServer server, String realm, String token) {
        this.server = server;
        this.realm = realm;
        this.token = token;
    }

    /** Calls as the server's administrator, with a fresh token each time. */
    public static AdminApi of(KeycloakServer server, String realm) {
        return new AdminApi(server, realm, null);
    }

    /** The same calls with another token; an empty one sends none. */
    public AdminApi with(String otherToken) {
        return new AdminApi(server, realm, otherToken);
    }

    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer post(String path) {
        return send("POST", path, null);
    }

    public Answer post(String path, String body) {
        return send("POST", path, body);
    }

    /** @param path below {@code nylas/} */
    public Answer send(String method, String path, String body) {
        URI uri = URI.create(server.baseUrl() + "/admin/realms/" + realm + "/nylas/" + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "application/json");
        String bearer = token == null ? server.admin().tokenManager().getAccessTokenString() : token;
        if (!bearer.isEmpty()) {
            request.header("Authorization", "Bearer " + bearer);
        }
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(), response.body().isBlank() ? Json.object() : Json.read(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
