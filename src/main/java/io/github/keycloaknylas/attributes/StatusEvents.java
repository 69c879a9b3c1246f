package io.github.keycloaknylas.attributes;

import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import org.jboss.logging.Logger;
import org.keycloak.models.RealmModel;

/**
 * Sends a user event for each change of a shown status. Each is sent once the attribute is committed, in a transaction
 * of its own, so that neither an event listener nor the event store can undo what was written.
 */
public final class StatusEvents {

    private static final Logger LOG = Logger.getLogger(StatusEvents.class);

    private final Transactions transactions;
    private final UserEvents events;
    private final ThrottledWarnings warnings;

    /** @param events receives each change, in a transaction of its own */
    public StatusEvents(Transactions transactions, UserEvents events, ThrottledWarnings warnings) {
        this.transactions = transactions;
        this.events = events;
        this.warnings = warnings;
    }

    /** Sends the event. A failure is logged, and the event is not repeated: some listeners may have received it. */
    public void send(StatusChange change) {
        try {
            transactions.run(session -> {
                RealmModel realm = Transactions.bind(session, change.realmId());
                if (realm != null) {
                    events.send(session, realm, change);
                }
            });
        } catch (RuntimeException | LinkageError e) {
            LOG.debugf(e, "The event for user %s is lost", change.userId());
            warnings.warn(
                    change.realmName(),
                    change.alias(),
                    "The status of a user's grant changed, but the user event about it failed ("
                            + e.getClass().getName()
                            + "). The attribute is right; event listeners and the event store miss this change. Check"
                            + " the realm's event listeners and the database. Debug logging of "
                            + StatusEvents.class.getName()
                            + " shows the cause.");
        }
    }
}
