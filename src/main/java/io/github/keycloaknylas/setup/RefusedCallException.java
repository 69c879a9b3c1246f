package io.github.keycloaknylas.setup;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.representations.idm.ErrorRepresentation;

/** Thrown when a call of the admin API cannot be served. The message tells an administrator what to do next. */
public final class RefusedCallException extends Exception {

    private static final long serialVersionUID = 1;

    private final Response.Status status;

    /** @param message what is wrong and what to do next */
    public RefusedCallException(Response.Status status, String message) {
        super(message);
        this.status = status;
    }

    /** In Keycloak's error shape. A response that is returned rolls nothing back, unlike an exception. */
    public Response response() {
        ErrorRepresentation error = new ErrorRepresentation();
        error.setErrorMessage(getMessage());
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(error)
                .build();
    }
}
