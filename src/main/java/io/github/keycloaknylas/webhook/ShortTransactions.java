package io.github.keycloaknylas.webhook;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Short transactions of a request, each in a session of its own: on PostgreSQL, a duplicate spoils the transaction that
 * inserts it. The request's own transaction ends first, so that a request holds one connection at most, and only a few
 * requests of a node hold one: a burst of notifications leaves the pool to logins.
 */
final class ShortTransactions {

    private static final int AT_ONCE = 3;
    private static final long PATIENCE_SECONDS = 5;

    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    /** @throws IllegalStateException if no turn comes in time, or what the job throws */
    <T> T call(KeycloakSession request, Function<KeycloakSession, T> job) {
        String realmId = request.getContext().getRealm().getId();
        if (request.getTransactionManager().isActive()) {
            request.getTransactionManager().commit();
        }
        awaitTurn();
        try {
            return KeycloakModelUtils.runJobInTransactionWithResult(request.getKeycloakSessionFactory(), own -> {
                own.getContext().setRealm(own.realms().getRealm(realmId));
                return job.apply(own);
            });
        } finally {
            turns.release();
        }
    }

    private void awaitTurn() {
        try {
            if (!turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Too many notifications at once");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }
}
