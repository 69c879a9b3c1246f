package io.github.keycloaknylas.testkit.nylas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloaknylas.testkit.http.Json;
import io.github.keycloaknylas.testkit.http.Request;
import io.github.keycloaknylas.testkit.http.Response;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** A request that was let in: its application is known. */
record Call(Request request, String requestId, NylasApplication application) {

    /** The decoded parts of the path after {@code /v3}. */
    List<String> path() {
        List<String> segments = request.segments();
        return segments.subList(1, segments.size());
    }

    GrantQuery query() {
        return new GrantQuery(request.query().values());
    }

    ObjectNode body() {
        requireBareJson();
        try {
            if (Json.read(request.body()) instanceof ObjectNode object) {
                return object;
            }
        } catch (UncheckedIOException e) {
            throw NylasError.payload("The request body is not valid JSON.");
        }
        throw NylasError.payload("The request body must be a JSON object.");
    }

    /** {@code {"request_id": …, "data": …}}, as every success of the API but a deletion. */
    Response data(int status, JsonNode data) {
        return Response.json(status, success().set("data", data));
    }

    /** Answers with the page that {@code offset} and {@code limit} ask for; only its items are made into JSON. */
    <T> Response page(Stream<T> all, Function<T, ObjectNode> json) {
        GrantQuery query = query();
        List<ObjectNode> page =
                all.skip(query.offset()).limit(query.limit()).map(json).toList();
        ObjectNode body = success().set("data", Json.array(page));
        return Response.json(200, body.put("limit", query.limit()).put("offset", query.offset()));
    }

    ObjectNode success() {
        return Json.object().put("request_id", requestId);
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
