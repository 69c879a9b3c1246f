package io.github.keycloaknylas.testkit.nylas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloaknylas.testkit.http.Json;

/** The three shapes of Nylas' error bodies. */
public enum ErrorShape {
    /** {@code {"request_id", "error": {"type", "message", "provider_error"?}}}: grants, connectors, applications. */
    STANDARD {
        @Override
        ObjectNode body(String requestId, NylasError error) {
            ObjectNode inner = Json.object().put("type", error.type()).put("message", error.getMessage());
            if (error.providerError() != null) {
                inner.set("provider_error", error.providerError());
            }
            return Json.object().put("request_id", requestId).set("error", inner);
        }
    },
    /** {@code {"error", "error_description", "error_uri", "error_code"}}: the OAuth endpoints. */
    OAUTH {
        @Override
        ObjectNode body(String requestId, NylasError error) {
            return Json.object()
                    .put("error", error.type())
                    .put("error_description", error.getMessage())
                    .put("error_uri", "developer.nylas.com/docs/api/errors/")
                    .put("error_code", error.status());
        }
    },
    /** The standard shape with a number in {@code type}: the webhook endpoints. */
    NUMERIC {
        @Override
        ObjectNode body(String requestId, NylasError error) {
            ObjectNode inner = Json.object().put("type", "70005").put("message", error.getMessage());
            return Json.object().put("request_id", requestId).set("error", inner);
        }
    };

    abstract ObjectNode body(String requestId, NylasError error);
}
