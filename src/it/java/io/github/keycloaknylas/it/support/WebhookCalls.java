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

/** The calls that manage the webhook of a connection. */
public final class WebhookCalls {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** An answer in JSON. */
    public record Answer(int status, JsonNode json) {

        public String text(String field) {
            return json.path(field).asText();
        }
    }

    private final KeycloakServer server;
    private final String realm;
    private final String query;

    public WebhookCalls(KeycloakServer server, String realm, String query) {
        this.server = server;
        this.realm = realm;
        this.query = query;
    }

    public Answer show() {
        return send("GET", "", adminToken());
    }

    public Answer register() {
        return register(adminToken());
    }

    public Answer register(String token) {
        return send("POST", "", token);
    }

    public Answer rotate() {
        return send("POST", "/rotate", adminToken());
    }

    public Answer remove() {
        return send("DELETE", "", adminToken());
    }

    private String adminToken() {
        return server.admin().tokenManager().getAccessTokenString();
    }

    private Answer send(String method, String path, String token) {
        URI uri = URI.create(server.baseUrl() + "/admin/realms/" + realm + "/nylas/webhook" + path + "?" + query);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString("{}"))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), Json.read(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
