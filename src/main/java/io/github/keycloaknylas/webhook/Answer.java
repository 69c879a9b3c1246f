package io.github.keycloaknylas.webhook;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * What Nylas is answered. It sends a notification again after 503, and after none of the others (Nylas: "Webhook
 * retries").
 */
enum Answer {
    STORED(200, "Stored."),
    STORED_BEFORE(200, "Stored before."),
    NOT_NEEDED(200, "Not needed."),
    NO_CHALLENGE(400, "The parameter challenge is missing or too long."),
    NOT_A_NOTIFICATION(400, "The body is not a notification of Nylas about a grant."),
    OTHER_APPLICATION(400, "The notification is about another Nylas application than that of this webhook."),
    UNKNOWN_ENCODING(400, "The body is neither plain nor a valid gzip stream."),
    WRONG_SIGNATURE(401, "The signature does not match the secret of this webhook."),
    NO_SUCH_WEBHOOK(404, "No webhook has this address."),
    TOO_LARGE(413, "The body is larger than a notification can be."),
    SECRET_UNSETTLED(503, "The signature cannot be judged now. Send the notification again later."),
    NOT_NOW(503, "The notification cannot be stored now. Send it again later.");

    private static final int UNAVAILABLE = 503;
    private static final int RETRY_AFTER_SECONDS = 60;

    private final int status;
    private final String text;

    Answer(int status, String text) {
        this.status = status;
        this.text = text;
    }

    int status() {
        return status;
    }

    /** Never without a body: Keycloak would turn such an answer into 500. */
    Response response() {
        Response.ResponseBuilder response =
                Response.status(status).type(MediaType.TEXT_PLAIN_TYPE).entity(text);
        return status == UNAVAILABLE
                ? response.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS).build()
                : response.build();
    }
}
