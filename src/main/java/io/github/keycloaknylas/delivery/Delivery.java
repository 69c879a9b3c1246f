package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.Mailbox;
import org.keycloak.provider.Provider;

/** What a request may ask of the workers. Every call returns at once, touches no database and never throws. */
public interface Delivery extends Provider {

    /** Something was marked: look now, and not only when the timer does. */
    void nudge();

    /** The link of this account to a user may have come or gone. */
    void linkChanged(Mailbox mailbox);

    /** A user may be gone. */
    void userGone(String realmId, String userId);
}
