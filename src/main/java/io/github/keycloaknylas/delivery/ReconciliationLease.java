package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.ConnectionEntity;
import io.github.keycloaknylas.ledger.ConnectionRows;
import io.github.keycloaknylas.ledger.Transactions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/** This node's exclusive right to reconcile one application, extended while the pass makes progress. */
final class ReconciliationLease {

    private final Transactions transactions;
    private final InstantSource clock;
    private final Duration length;
    private final String connectionHash;
    private final String token;
    private long until;

    private ReconciliationLease(
            Transactions transactions, InstantSource clock, Duration length, String connectionHash, String token) {
        this.transactions = transactions;
        this.clock = clock;
        this.length = length;
        this.connectionHash = connectionHash;
        this.token = token;
        this.until = clock.millis() + length.toMillis();
    }

    /**
     * Leases an application whose reconciliation is due.
     *
     * @param length of the lease; longer than one call can take
     */
    static Optional<ReconciliationLease> take(
            Transactions transactions, InstantSource clock, Duration length, String connectionHash) {
        long now = clock.millis();
        return transactions
                .call(session -> ConnectionRows.of(session).lease(connectionHash, now, now + length.toMillis()))
                .map(token -> new ReconciliationLease(transactions, clock, length, connectionHash, token));
    }

    String connectionHash() {
        return connectionHash;
    }

    /** @throws PassBrokenOffException if another node has taken the lease */
    void extend() throws PassBrokenOffException {
        long now = clock.millis();
        if (until - now > length.toMillis() / 2) {
            return;
        }
        long next = now + length.toMillis();
        if (!transactions.call(session -> ConnectionRows.of(session).extend(connectionHash, token, next))) {
            throw PassBrokenOffException.because("lease_lost", now);
        }
        until = next;
    }

    boolean isConfirmed() {
        return transactions.call(session -> ConnectionRows.of(session)
                .leased(connectionHash, token)
                .filter(ConnectionEntity::isConfirmed)
                .isPresent());
    }

    /** Records the end of the pass, if the lease is still held. */
    void end(Consumer<ConnectionEntity> result) {
        transactions.retrying(session ->
                ConnectionRows.of(session).leased(connectionHash, token).ifPresent(result));
    }
}
