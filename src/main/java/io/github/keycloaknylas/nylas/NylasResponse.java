package io.github.keycloaknylas.nylas;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;

/**
 * The relevant parts of one HTTP response of Nylas.
 *
 * @param requestId Nylas' ID of the call, from the body or else from the header; null if neither is safe to keep
 * @param retryAfter the header as sent, or null
 * @param body the JSON object of the response, or a missing node
 */
record NylasResponse(int status, String requestId, String retryAfter, JsonNode body) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static NylasResponse of(int status, String requestIdHeader, String retryAfter, byte[] bytes) {
        JsonNode body = parse(bytes);
        String inBody = Sanitizer.requestId(body.path("request_id").asText(null));
        String requestId = inBody != null ? inBody : Sanitizer.requestId(requestIdHeader);
        return new NylasResponse(status, requestId, retryAfter, body);
    }

    /** Returns this response, without its ID if that repeats what was sent. */
    NylasResponse without(SentSecrets sent) {
        return new NylasResponse(status, sent.unlessEchoed(requestId), retryAfter, body);
    }

    private static JsonNode parse(byte[] bytes) {
        try {
            JsonNode node = JSON.readTree(bytes);
            return node.isObject() ? node : MissingNode.getInstance();
        } catch (IOException notJson) {
            return MissingNode.getInstance();
        }
    }

    boolean success() {
        return status / 100 == 2;
    }

    boolean json() {
        return body.isObject();
    }

    /** The {@code data} of a call that succeeded; a missing node for every other response. */
    JsonNode data() {
        return success() ? body.path("data") : MissingNode.getInstance();
    }

    /** Omits the body, which may echo what was sent. */
    @Override
    public String toString() {
        return "NylasResponse[status=" + status + ", requestId=" + requestId + "]";
    }
}
