package io.github.keycloaknylas.management;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response.Status;
import org.keycloak.services.ErrorResponse;

/** Refuses a call in Keycloak's error shape. The request's transaction is rolled back. */
final class Refusal {

    private Refusal() {}

    static WebApplicationException badRequest(String sentence) {
        return ErrorResponse.error(sentence, Status.BAD_REQUEST);
    }

    static WebApplicationException notFound(String sentence) {
        return ErrorResponse.error(sentence, Status.NOT_FOUND);
    }

    static WebApplicationException conflict(String sentence) {
        return ErrorResponse.error(sentence, Status.CONFLICT);
    }
}
