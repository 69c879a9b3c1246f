package io.github.keycloaknylas.capture;

import io.github.keycloaknylas.config.Audience;
import io.github.keycloaknylas.ledger.Mailbox;
import org.keycloak.models.AbstractKeycloakTransaction;

/**
 * A capture of the current request that is still undecided. The row is inserted once: already marked if the login
 * completes in the same request, otherwise right before the commit, to be marked by a later request. Both come after
 * all mappers, so the subject is final.
 */
public final class OpenCapture extends AbstractKeycloakTransaction {

    private final BrokerResponse response;
    private final CaptureWriter writer;
    private boolean decided;

    OpenCapture(BrokerResponse response, CaptureWriter writer) {
        this.response = response;
        this.writer = writer;
    }

    /** The mailbox that the response was for. */
    public Mailbox mailbox() {
        return response.mailbox();
    }

    /** The users for whom the mapper makes grants. */
    public Audience audience() {
        return response.settings().audience();
    }

    /** Returns whether the login belongs to the given authentication session; see {@link Captures#loginHash}. */
    boolean isOf(String loginHash) {
        return Captures.loginHash(response.login()).equals(loginHash);
    }

    /** Discards the capture without inserting a row. */
    public void drop() {
        decided = true;
    }

    /** Returns whether the login's token is needed at Nylas, with one SELECT. If not, nothing is captured. */
    public boolean isNeeded() {
        decided |= !writer.isNeeded(response);
        return !decided;
    }

    /** Inserts the row as that of a login that completed for this user. Returns whether it did. */
    public boolean complete(String userId) {
        decided = true;
        return writer.insertMarked(response, userId);
    }

    /** Called at the end of a request whose login has not completed. */
    @Override
    protected void commitImpl() {
        if (!decided && isNeeded()) {
            writer.insertForLater(response);
        }
    }

    @Override
    protected void rollbackImpl() {}
}
