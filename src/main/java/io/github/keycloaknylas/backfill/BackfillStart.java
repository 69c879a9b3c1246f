package io.github.keycloaknylas.backfill;

import io.github.keycloaknylas.links.StoredLinks;
import jakarta.persistence.PersistenceException;
import java.time.InstantSource;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** Starts runs for administrators. */
public final class BackfillStart {

    /** Returned if a run is under way already. */
    private static final BackfillObstacle RUNNING = BackfillObstacle.of(
            "running", "A backfill of this provider is running. Wait until it is done, or cancel it.");

    private final StoredLinks links;
    private final InstantSource clock;

    /** @param links counted when a run begins */
    public BackfillStart(StoredLinks links, InstantSource clock) {
        this.links = links;
        this.clock = clock;
    }

    /**
     * Starts a run, in the session's own transaction.
     *
     * @param session bound to the realm, whose identity provider exists
     * @return why it was not started; empty if it was
     */
    public Optional<BackfillObstacle> start(KeycloakSession session, BackfillOrder order) {
        Optional<BackfillObstacle> obstacle =
                BackfillConditions.obstacle(session, session.getContext().getRealm(), order.alias());
        return obstacle.isPresent() || insert(session, order) ? obstacle : Optional.of(RUNNING);
    }

    private boolean insert(KeycloakSession session, BackfillOrder order) {
        try {
            return BackfillRows.of(session)
                    .start(order, links.count(session, order.realmId(), order.alias()), clock.millis());
        } catch (PersistenceException e) {
            // Another administrator has started one at the same moment. The failed statement spoils the transaction.
            session.getTransactionManager().setRollbackOnly();
            return false;
        }
    }
}
