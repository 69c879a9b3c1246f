package io.github.keycloaknylas.ledger;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Records which user holds which grant. A grant has one holder on the whole server, however many rows that user has
 * for it.
 */
final class Holds {

    private final EntityManager em;
    private final History history;
    private final RowLock<HoldEntity> rows;

    Holds(EntityManager em) {
        this.em = em;
        this.history = new History(em);
        this.rows = new RowLock<>(em, HoldEntity.class);
    }

    /** @param hold as another query has just read it; null if the grant has no holder */
    void seen(String grantHash, HoldEntity hold) {
        rows.seen(grantHash, hold);
    }

    /**
     * Takes a grant for the user of a row, unless another user holds it.
     *
     * @param exists whether the realm and the provider of a row still exist: a hold is taken over from rows whose
     *     provider is gone
     * @return whether the user holds the grant now
     */
    boolean take(GrantEntity row, String grantHash, Predicate<GrantEntity> exists, long now) {
        String realmId = row.mailbox().realmId();
        Optional<HoldEntity> hold = rows.of(grantHash);
        if (hold.filter(found -> found.isOf(realmId, row.userId())).isPresent()) {
            return true;
        }
        if (hold.isPresent()) {
            List<GrantEntity> others = others(row, grantHash);
            if (others.stream().anyMatch(other -> other.state().isEmpty() || exists.test(other))) {
                return false;
            }
            others.forEach(other -> {
                history.add(other, HistoryEvent.RELEASED, HistoryCause.of(DeletionReason.MOVED), now);
                Transitions.withoutGrant(other, now);
            });
            em.remove(hold.get());
            em.flush();
        }
        em.persist(new HoldEntity(grantHash, realmId, row.userId(), now));
        em.flush();
        return true;
    }

    /** Ends the hold of a row's user, unless another row of that user shares it. */
    void release(GrantEntity row) {
        String realmId = row.mailbox().realmId();
        Optional.ofNullable(row.grantHash)
                .flatMap(rows::of)
                .filter(hold -> hold.isOf(realmId, row.userId()))
                .filter(hold -> others(row, row.grantHash).stream()
                        .noneMatch(other -> other.mailbox().realmId().equals(realmId)
                                && other.userId().equals(row.userId())))
                .ifPresent(em::remove);
    }

    // Read after the hold was locked, and with a lock: MariaDB would answer from a snapshot older than the wait.
    private List<GrantEntity> others(GrantEntity row, String grantHash) {
        return em
                .createQuery("select g from GrantEntity g where g.grantHash = :hash", GrantEntity.class)
                .setParameter("hash", grantHash)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList()
                .stream()
                .filter(other -> !Objects.equals(other.id(), row.id()))
                .toList();
    }
}
