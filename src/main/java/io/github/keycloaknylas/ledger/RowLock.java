package io.github.keycloaknylas.ledger;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Optional;

/**
 * Locks a row that may be missing. MariaDB would lock the gap where a missing row belongs, and two workers with such
 * locks deadlock when both insert. A row that is inserted meanwhile makes the insert of the other worker fail, which then
 * repeats its transaction.
 */
final class RowLock<T> {

    private final EntityManager em;
    private final Class<T> entity;
    private String missing;

    RowLock(EntityManager em, Class<T> entity) {
        this.em = em;
        this.entity = entity;
    }

    /**
     * Takes note of what another query of this transaction has read, so that the next {@link #of} does not read it again.
     *
     * @param row the row without a lock, or null if it is missing
     */
    void seen(String id, T row) {
        missing = row == null ? id : null;
    }

    /** Returns the row, locked, or nothing if it is missing. */
    Optional<T> of(String id) {
        boolean isMissing = id.equals(missing);
        // The caller may insert it.
        missing = null;
        T seen = isMissing ? null : em.find(entity, id);
        if (seen == null) {
            return Optional.empty();
        }
        // Read again once it is locked: it may have changed or gone while this worker waited.
        em.detach(seen);
        return Optional.ofNullable(em.find(entity, id, LockModeType.PESSIMISTIC_WRITE));
    }
}
