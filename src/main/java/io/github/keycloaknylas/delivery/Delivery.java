package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.limits.OpenBreaker;
import java.util.List;
import org.keycloak.provider.Provider;

/** Notifies the delivery from a request. Calls return at once, do not use the database and never throw. */
public interface Delivery extends Provider {

    /**
     * Wakes the workers after a capture was marked, or evidence or a notice was written, instead of waiting for the next
     * poll.
     */
    void wake();

    /**
     * Asks for a look at the mailboxes of a user whom an administrator changed, instead of waiting for the sweep.
     *
     * @param realmId ID of the realm
     * @param userId ID of the user, who need not have a mailbox
     */
    void userChanged(String realmId, String userId);

    /** Returns the circuit breakers of this node that stop calls now. */
    List<OpenBreaker> openBreakers();
}
