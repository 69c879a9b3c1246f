package io.github.keycloaknylas.webhook;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakSession;

/**
 * The addresses that Nylas sends notifications to, {@code /realms/{realm}/nylas/webhooks/{id}} (Nylas: "Using webhooks
 * with Nylas"). Every answer is plain text with a body.
 */
public final class WebhookResource {

    private final KeycloakSession session;
    private final Receiver receiver;

    WebhookResource(KeycloakSession session, Receiver receiver) {
        this.session = session;
        this.receiver = receiver;
    }

    /**
     * Proves to Nylas that this address belongs to whoever registers it.
     *
     * @param id last part of the address
     * @param challenge what Nylas wants to read
     * @return 200 with exactly the challenge, 404 if no webhook has this address, 400 without a challenge or with one
     *     of more than 1,000 characters, 503 if the database does not answer
     * @throws jakarta.ws.rs.NotFoundException (404) if the realm does not exist, thrown by Keycloak
     */
    @GET
    @Path("webhooks/{id}")
    public Response challenge(@PathParam("id") String id, @QueryParam("challenge") String challenge) {
        return receiver.challenge(session, id, challenge);
    }

    /**
     * Takes a notification.
     *
     * @param id last part of the address
     * @param signature HMAC-SHA256 of the body as it was sent, in hex
     * @param encoding {@code gzip}, or nothing
     * @param body as it was sent, whatever its content type
     * @return 200 if it is stored, was stored before or is of a kind that is not needed; 404 if no webhook has this
     *     address; 413 if it is larger than 2 MiB, also when inflated; 401 if the signature is not that of a secret;
     *     400 if it is signed and is not a notification; 503 if it cannot be stored or judged now, so that Nylas sends
     *     it again
     * @throws jakarta.ws.rs.NotFoundException (404) if the realm does not exist, thrown by Keycloak
     */
    @POST
    @Path("webhooks/{id}")
    public Response receive(
            @PathParam("id") String id,
            @HeaderParam("X-Nylas-Signature") String signature,
            @HeaderParam("Content-Encoding") String encoding,
            byte[] body) {
        return receiver.receive(session, id, new SignedBody(body == null ? new byte[0] : body, signature, encoding))
                .response();
    }
}
