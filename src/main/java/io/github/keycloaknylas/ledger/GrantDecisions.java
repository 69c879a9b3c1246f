package io.github.keycloaknylas.ledger;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * What administrators decide about single mailboxes. Runs in the transaction of their request; a conflict with a worker
 * surfaces at {@link #flush}. Times are milliseconds since the epoch.
 */
public final class GrantDecisions {

    private static final HistoryCause BY_ADMINISTRATOR = HistoryCause.of(HistorySource.ADMINISTRATOR);

    private final EntityManager em;
    private final Ledger ledger;
    private final Deletions deletions;
    private final History history;
    private final RowLock<HoldEntity> holds;

    /** @param em whose transaction the changes are made in */
    public GrantDecisions(EntityManager em) {
        this.em = em;
        this.ledger = new Ledger(em);
        this.deletions = new Deletions(em);
        this.history = new History(em);
        this.holds = new RowLock<>(em, HoldEntity.class);
    }

    /** Returns the decisions for the session's own transaction. */
    public static GrantDecisions of(KeycloakSession session) {
        return new GrantDecisions(
                session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /** What became of a decision. */
    public enum Outcome {
        /** It was carried out. */
        DONE,
        /** A worker is calling Nylas for the mailbox now. */
        IN_PROGRESS,
        /** No token waits to be handed over, and no attribute to be written. */
        NOTHING_WAITS,
        /** The mailbox has no grant that was held back. */
        NOT_HELD,
        /** The grant is held by a user of another realm. */
        OTHER_REALM,
        /** The grant is being deleted, or has been deleted. */
        BEING_DELETED,
        /** There is neither a grant nor a token. */
        NOTHING_TO_END
    }

    /** Finds a mailbox of a realm, unless it is in a state that is unknown to this version. */
    public Optional<GrantEntity> find(String realmId, String id) {
        return ledger.byId(id).filter(row -> row.mailbox().realmId().equals(realmId));
    }

    /** Makes what waits for a mailbox due now. */
    public Outcome retry(GrantEntity row, long now) {
        if (row.isInFlight(now)) {
            return Outcome.IN_PROGRESS;
        }
        if (!row.isHandoverDue() && !row.isAttributeDue()) {
            return Outcome.NOTHING_WAITS;
        }
        Transitions.retried(row, now);
        return Outcome.DONE;
    }

    /** Returns the user of the same realm who has the grant that was held back from a mailbox, if there is one. */
    public Optional<String> holder(GrantEntity row) {
        return hold(row)
                .filter(hold -> hold.isIn(row.mailbox().realmId()))
                .map(HoldEntity::userId)
                .filter(user -> !user.equals(row.userId()));
    }

    /**
     * Gives the grant that was held back from a mailbox to its user. If another user of the realm has it, that user
     * loses it; it is not deleted.
     *
     * @param exists whether the realm and the provider of a row still exist
     */
    public Outcome accept(GrantEntity row, Predicate<GrantEntity> exists, long now) {
        Optional<ConnectedGrant> held = row.grant().filter(grant -> row.is(GrantState.HELD));
        if (row.isInFlight(now)) {
            return Outcome.IN_PROGRESS;
        }
        if (held.isEmpty()) {
            return Outcome.NOT_HELD;
        }
        ConnectedGrant grant = held.get();
        if (!deletions.cancel(grant.hash(), now)) {
            return Outcome.BEING_DELETED;
        }
        if (holder(row).isPresent()) {
            takeFromOthers(row, grant, now);
        }
        if (!ledger.hold(row, grant, exists, now)) {
            return Outcome.OTHER_REALM;
        }
        Transitions.accepted(row, grant, now);
        history.add(row, HistoryEvent.ACCEPTED, BY_ADMINISTRATOR, now);
        return Outcome.DONE;
    }

    /** Ends the grant of a mailbox at once: it is deleted at Nylas, and its token is erased. */
    public Outcome disconnect(GrantEntity row, long now) {
        if (row.isInFlight(now)) {
            return Outcome.IN_PROGRESS;
        }
        if (row.grant().isEmpty() && !row.isHandoverDue()) {
            return Outcome.NOTHING_TO_END;
        }
        Optional<ConnectedGrant> own = row.ownGrant();
        ledger.end(row, DeletionReason.DISCONNECTED, now, now);
        own.flatMap(grant -> deletions.find(grant.hash())).ifPresent(deletion -> deletion.confirmed(now));
        return Outcome.DONE;
    }

    /** Writes now, so that a conflict with a worker surfaces here and not at the commit. */
    public void flush() {
        em.flush();
    }

    private Optional<HoldEntity> hold(GrantEntity row) {
        return row.grant().flatMap(grant -> holds.of(grant.hash()));
    }

    private void takeFromOthers(GrantEntity row, ConnectedGrant grant, long now) {
        List<GrantEntity> others = em.createQuery(
                        "select g from GrantEntity g where g.grantHash = :hash and g.id <> :row", GrantEntity.class)
                .setParameter("hash", grant.hash())
                .setParameter("row", row.id())
                .getResultList();
        others.forEach(other -> {
            history.add(other, HistoryEvent.RELEASED, BY_ADMINISTRATOR, now);
            Transitions.withoutGrant(other, now);
        });
    }
}
