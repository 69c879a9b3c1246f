package io.github.keycloaknylas.kit.nylas;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloaknylas.testkit.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A client of the API, for the tests of this package. */
record ApiClient(URI base, String apiKey, String contentType) {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    ApiClient withKey(String other) {
        return new ApiClient(base, other, contentType);
    }

    ApiClient withContentType(String other) {
        return new ApiClient(base, apiKey, other);
    }

    Reply get(String path) throws IOException, InterruptedException {
        return send("GET", path, null);
    }

    Reply connect(String refreshToken) throws IOException, InterruptedException {
        return send("POST", "/v3/connect/custom", byRefreshToken(refreshToken));
    }

    CompletableFuture<HttpResponse<String>> connectLater(String refreshToken) {
        return HTTP.sendAsync(
                request("POST", "/v3/connect/custom", byRefreshToken(refreshToken)), BodyHandlers.ofString());
    }

    Reply send(String method, String path, String body) throws IOException, InterruptedException {
        return new Reply(HTTP.send(request(method, path, body), BodyHandlers.ofString()));
    }

    private HttpRequest request(String method, String path, String body) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", "Bearer " + apiKey)
                .header("Content-Type", contentType)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
    }

    static String byRefreshToken(String refreshToken) {
        return "{\"provider\":\"microsoft\",\"settings\":{\"refresh_token\":\"" + refreshToken + "\"}}";
    }

    /** An answer, with its JSON at hand. */
    record Reply(HttpResponse<String> http) {

        int status() {
            return http.statusCode();
        }

        String text() {
            return http.body();
        }

        String header(String name) {
            return http.headers().firstValue(name).orElse(null);
        }

        JsonNode json() {
            return Json.read(http.body());
        }

        JsonNode at(String pointer) {
            return json().at(pointer);
        }

        String textAt(String pointer) {
            return at(pointer).asText(null);
        }
    }
}
