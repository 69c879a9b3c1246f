package io.github.keycloaknylas.testkit.nylas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloaknylas.testkit.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What goes over the wire: status, headers, body. */
record Answer(int status, Map<String, String> headers, byte[] body) {

    static Answer json(int status, JsonNode body) {
        return new Answer(
                status,
                Map.of("Content-Type", "application/json"),
                Json.write(body).getBytes(StandardCharsets.UTF_8));
    }

    static Answer html(int status, String body) {
        return new Answer(
                status, Map.of("Content-Type", "text/html; charset=utf-8"), body.getBytes(StandardCharsets.UTF_8));
    }

    static Answer empty(int status) {
        return new Answer(status, Map.of(), new byte[0]);
    }

    /** {@code {"request_id": …, "data": …}}, as every success of the API but a deletion. */
    static Answer data(int status, String requestId, JsonNode data) {
        return json(status, Json.object().put("request_id", requestId).set("data", data));
    }

    Answer with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Answer(status, all, body);
    }

    /** The same answer with another body, if it is a success; a refusal stays as it is. */
    Answer altered(UnaryOperator<ObjectNode> change) {
        if (status >= 300) {
            return this;
        }
        ObjectNode node = (ObjectNode) Json.read(new String(body, StandardCharsets.UTF_8));
        return new Answer(status, headers, Json.write(change.apply(node)).getBytes(StandardCharsets.UTF_8));
    }
}
