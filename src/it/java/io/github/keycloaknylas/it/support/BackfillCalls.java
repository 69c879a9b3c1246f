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

/** The calls that start, show and cancel a backfill of one provider. */
public final class BackfillCalls {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** An answer in JSON. */
    public record Answer(int status, JsonNode json, String body) {

        public String text(String field) {
            return json.path(field).asText();
        }

        public long number(String field) {
            return json.path(field).asLong();
        }
    }

    private final KeycloakServer server;
    private final String realm;
    private final String alias;

    public BackfillCalls(KeycloakServer server, MicrosoftRealm realm, String alias) {
        this.server = server;
        this.realm = realm.keycloak().name();
        this.alias = alias;
    }

    public Answer start(boolean dryRun, int rate) {
        return post("{\"provider\":\"" + alias + "\",\"dryRun\":" + dryRun + ",\"rate\":" + rate + "}");
    }

    public Answer post(String body) {
        return send("POST", body, adminToken());
    }

    public Answer show() {
        return send("GET", "", adminToken());
    }

    public Answer cancel() {
        return send("DELETE", "", adminToken());
    }

    public Answer send(String method, String body, String token) {
        URI uri = URI.create(server.baseUrl() + "/admin/realms/" + realm + "/nylas/backfill?provider=" + alias);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), Json.read(response.body()), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private String adminToken() {
        return server.admin().tokenManager().getAccessTokenString();
    }
}
