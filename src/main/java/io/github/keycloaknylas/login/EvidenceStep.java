package io.github.keycloaknylas.login;

import io.github.keycloaknylas.capture.TableProbe;
import io.github.keycloaknylas.ledger.Evidence;
import io.github.keycloaknylas.ledger.EvidenceEntity;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.keycloak.models.AbstractKeycloakTransaction;

/**
 * Writes the evidence of a session right before the commit, in the same transaction, so that a rollback leaves none.
 */
final class EvidenceStep extends AbstractKeycloakTransaction {

    private final Evidence store;
    private final SessionRemovals removals;
    private final TableProbe table;
    private final InstantSource clock;
    private final Consumer<Throwable> missed;

    EvidenceStep(
            Evidence store,
            SessionRemovals removals,
            TableProbe table,
            InstantSource clock,
            Consumer<Throwable> missed) {
        this.store = store;
        this.removals = removals;
        this.table = table;
        this.clock = clock;
        this.missed = missed;
    }

    @Override
    protected void commitImpl() {
        List<EvidenceEntity> rows = rows();
        if (!rows.isEmpty()) {
            // A failure here is one of Keycloak's own change, which would fail at the commit as well.
            store.flush();
            insert(rows);
        }
    }

    // A refused insert would spoil the transaction of the removal, so rows that do not fit are left out.
    private List<EvidenceEntity> rows() {
        try {
            return removals.evidence(clock.millis()).stream()
                    .filter(EvidenceEntity::fits)
                    .toList();
        } catch (RuntimeException | Error e) {
            missed.accept(e);
            return List.of();
        }
    }

    private void insert(List<EvidenceEntity> rows) {
        try {
            table.guard(() -> {
                store.insert(rows);
                return rows;
            });
        } catch (RuntimeException | Error e) {
            missed.accept(e);
        }
    }

    @Override
    protected void rollbackImpl() {}
}
