package io.github.keycloaknylas.ledger;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Optional;

/**
 * Locks a row that may be missing. MariaDB would lock the gap where a missing row belongs, and two workers with such
 * locks deadlock when both insert. A row that is inserted meanwhile makes the insert of the other worker fail, which then
 * repeats its transaction.
 */
final class RowLock {

    private RowLock() {}

    static <T> Optional<T> of(EntityManager em, Class<T> entity, String id) {
        T seen = em.find(entity, id);
        if (seen == null) {
            return Optional.empty();
        }
        // Read again once it is locked: it may have changed or gone while this worker waited.
        em.detach(seen);
        return Optional.ofNullable(em.find(entity, id, LockModeType.PESSIMISTIC_WRITE));
    }
}
