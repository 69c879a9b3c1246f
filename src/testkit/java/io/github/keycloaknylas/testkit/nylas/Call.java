package io.github.keycloaknylas.testkit.nylas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloaknylas.testkit.http.Json;
import io.github.keycloaknylas.testkit.http.Parameters;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A request that was let in: its application is known. */
record Call(RecordedRequest request, NylasApplication application) {

    String requestId() {
        return request.requestId();
    }

    /** The decoded parts of the path after {@code /v3}. */
    List<String> path() {
        return Arrays.stream(request.path().split("/"))
                .skip(2)
                .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
    }

    Map<String, String> query() {
        return Parameters.parse(request.uri().getRawQuery()).values();
    }

    ObjectNode body() {
        requireBareJson();
        try {
            if (Json.read(request.body().value()) instanceof ObjectNode object) {
                return object;
            }
        } catch (UncheckedIOException e) {
            throw NylasError.payload("The request body is not valid JSON.");
        }
        throw NylasError.payload("The request body must be a JSON object.");
    }

    static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw NylasError.payload(field + " must be a string.");
        }
        return value.asText();
    }

    // Nylas has refused a charset parameter: nylas-python CHANGELOG, v6.16.0.
    private void requireBareJson() {
        if (!request.header("content-type").orElse("").equals("application/json")) {
            throw NylasError.of(400, "api.invalid_request_error", "only JSON and multipart supported");
        }
    }
}
