package io.github.keycloaknylas.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloaknylas.testkit.http.Json;
import io.github.keycloaknylas.testkit.microsoft.App;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The set-up call of one realm, as a script makes it. Whatever comes back, no secret is in it. */
public record SetUp(KeycloakServer server, String realm) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public record Answer(int status, String body) {

        public boolean ok() {
            return json().path("ok").booleanValue();
        }

        /** The codes, for one provider or, where it is null, for the whole realm. */
        public List<String> problems(String provider) {
            return codes("problems", provider);
        }

        public List<String> notes(String provider) {
            return codes("notes", provider);
        }

        /** The codes of all problems and notes. */
        public List<String> findings() {
            return Stream.of("problems", "notes")
                    .flatMap(this::entries)
                    .peek(entry -> assertThat(List.of("problem", "why", "next"))
                            .as(entry.toString())
                            .noneMatch(field -> entry.path(field).asText().isBlank()))
                    .map(entry -> entry.path("code").asText())
                    .toList();
        }

        /** Each as {@code what:name:outcome}. */
        public List<String> done() {
            return entries("done")
                    .map(step -> String.join(
                            ":",
                            step.path("what").asText(),
                            step.path("name").asText(),
                            step.path("outcome").asText()))
                    .toList();
        }

        private List<String> codes(String kind, String provider) {
            return entries(kind)
                    .filter(entry ->
                            Objects.equals(provider, entry.path("provider").textValue()))
                    .map(entry -> entry.path("code").asText())
                    .toList();
        }

        private Stream<JsonNode> entries(String kind) {
            JsonNode all = json().path(kind);
            assertThat(all.isArray()).as(kind + " of " + body).isTrue();
            return StreamSupport.stream(all.spliterator(), false);
        }

        private JsonNode json() {
            assertThat(status).as(body).isEqualTo(200);
            return Json.read(body);
        }
    }

    /** As the server's administrator. */
    public Answer check() {
        return check(server.admin().tokenManager().getAccessTokenString());
    }

    public Answer check(String token) {
        return send(request(token).GET(), token);
    }

    /** As the server's administrator. */
    public Answer run() {
        return run(server.admin().tokenManager().getAccessTokenString());
    }

    public Answer run(String token) {
        return send(request(token).POST(BodyPublishers.noBody()), token);
    }

    private HttpRequest.Builder request(String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(server.baseUrl() + "/admin/realms/" + realm + "/nylas/setup"));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private static Answer send(HttpRequest.Builder request, String token) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            assertThat(response.body())
                    .doesNotContain("nyk_v0", App.DEFAULT.clientSecret(), token == null ? "Bearer" : token);
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
