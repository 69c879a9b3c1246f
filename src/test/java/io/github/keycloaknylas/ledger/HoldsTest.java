package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** A grant is held by one user of one realm, however many rows that user has for it. */
@OnEveryDatabase
class HoldsTest extends LedgerTestBase {

    private static final Predicate<GrantEntity> STANDS = row -> true;
    private static final Predicate<GrantEntity> GONE = row -> false;
    private static final ConnectedGrant GRANT = grant("grant-1");

    private final Engine engine;

    HoldsTest(Engine engine) {
        super(engine);
        this.engine = engine;
    }

    private boolean take(String id, ConnectedGrant grant, Predicate<GrantEntity> exists) {
        return inTransaction(ledger -> {
            GrantEntity row = ledger.byId(id).orElseThrow();
            boolean taken = ledger.hold(row, grant, exists, NOW);
            if (taken) {
                Transitions.connected(row, grant, 5, NOW);
            }
            return taken;
        });
    }

    private String of(String subject, String user) {
        return row(mailbox(subject), user, row -> waiting(row, 5));
    }

    private void end(String id) {
        inTransaction(ledger -> {
            ledger.end(ledger.byId(id).orElseThrow(), DeletionReason.UNLINKED, NOW, NOW);
            return null;
        });
    }

    @Test
    void aGrantThatAUserHoldsIsTakenByNoOther() {
        take(of("one", "ada"), GRANT, STANDS);

        assertThat(take(of("two", "eve"), GRANT, STANDS)).isFalse();
    }

    @Test
    void aUserOfTheSameIdInAnotherRealmIsAnotherUser() {
        take(of("one", "ada"), GRANT, STANDS);
        String other = row(new Mailbox("other", "microsoft", "one"), "ada", row -> waiting(row, 5));

        assertThat(take(other, GRANT, STANDS)).isFalse();
    }

    @Test
    void userIdsThatDifferByCaseAloneAreDifferentUsers() {
        take(of("one", "f:directory:ada"), GRANT, STANDS);

        assertThat(take(of("two", "f:directory:ADA"), GRANT, STANDS)).isFalse();
    }

    @Test
    void aSecondRowOfTheSameUserSharesTheHold() {
        String first = of("one", "ada");
        take(first, GRANT, STANDS);
        String second = of("two", "ada");

        assertThat(take(second, GRANT, STANDS)).isTrue();

        assertThat(read(first, GrantEntity::ownGrant)).isPresent();
        assertThat(read(second, GrantEntity::ownGrant)).isPresent();
    }

    @Test
    void theHoldLastsUntilTheLastRowOfItsUserEnds() {
        String first = of("one", "ada");
        String second = of("two", "ada");
        String eve = of("three", "eve");
        take(first, GRANT, STANDS);
        take(second, GRANT, STANDS);

        end(first);
        assertThat(take(eve, GRANT, STANDS)).isFalse();
        assertThat(holds()).isEqualTo(1);
        end(second);
        assertThat(holds()).isZero();

        assertThat(take(eve, GRANT, STANDS)).isTrue();
    }

    private long holds() {
        return query(em ->
                em.createQuery("select count(h) from HoldEntity h", Long.class).getSingleResult());
    }

    @Test
    void aHoldPassesFromARowWhoseProviderIsGone() {
        String old = of("one", "ada");
        take(old, GRANT, STANDS);

        assertThat(take(of("two", "eve"), GRANT, GONE)).isTrue();

        assertThat(read(old, GrantEntity::state)).contains(GrantState.ABSENT);
        assertThat(read(old, GrantEntity::grant)).isEmpty();
        assertThat(read(old, GrantEntity::isAttributeDue)).isTrue();
        assertThat(take(old, GRANT, STANDS)).isFalse();
        List<HistoryEntry> history =
                query(em -> new History(em).ofMailbox(mailbox("one").hash(), HistoryEntry.Cursor.NEWEST, 1));
        assertThat(history)
                .singleElement()
                .satisfies(entry -> assertThat(entry.event()).isEqualTo("RELEASED"));
    }

    @Test
    void aHoldDoesNotPassWhileOneOfTheRowsStands() {
        String gone = of("one", "ada");
        take(gone, GRANT, STANDS);
        take(of("two", "ada"), GRANT, STANDS);

        assertThat(take(of("three", "eve"), GRANT, row -> !row.id().equals(gone)))
                .isFalse();

        assertThat(read(gone, GrantEntity::ownGrant)).isPresent();
    }

    @Test
    void aHoldDoesNotPassFromARowInAStateOfANewerVersion() {
        String newer = of("one", "ada");
        take(newer, GRANT, STANDS);
        inState(newer, "PARKED");

        assertThat(take(of("two", "eve"), GRANT, GONE)).isFalse();

        assertThat(this.<String>read(newer, row -> row.state)).isEqualTo("PARKED");
        assertThat(read(newer, GrantEntity::ownGrant)).isPresent();
    }

    @Test
    void theSameIdInAnotherApplicationOrAtAnotherUrlIsAnotherGrant() {
        take(of("one", "ada"), GRANT, STANDS);
        GrantConnection ownUrl =
                new GrantConnection("https://nylas.example.com", "application-1", null, "realm:other/x", "${vault.k}");
        ConnectedGrant claimed = new ConnectedGrant("grant-1", "ada@example.com", null, "", ownUrl, 7L);

        assertThat(take(of("two", "eve"), grant("grant-1", "application-2"), STANDS))
                .isTrue();
        assertThat(take(of("three", "mallory"), claimed, STANDS)).isTrue();
        assertThat(take(of("four", "ada"), GRANT, STANDS)).isTrue();
    }

    @Test
    void aRowThatWasHeldBackDoesNotEndTheHoldOfAnother() {
        take(of("one", "ada"), GRANT, STANDS);
        String held = row(mailbox("two"), "eve", row -> {
            waiting(row, 5);
            Transitions.held(row, GRANT, Transitions.HELD_BY_ANOTHER, 5, NOW);
        });

        end(held);

        assertThat(take(of("three", "eve"), GRANT, STANDS)).isFalse();
    }

    @Test
    void aHoldThatAnotherUserTookAfterTheTransactionBeganIsSeen() {
        String ada = of("one", "ada");
        String eve = of("two", "eve");
        try (EntityManager slow = database.entityManager()) {
            slow.getTransaction().begin();
            GrantEntity row = new Ledger(slow).byId(eve).orElseThrow();
            take(ada, GRANT, STANDS);

            try {
                assertThat(new Ledger(slow).hold(row, GRANT, STANDS, NOW)).isFalse();
            } catch (PersistenceException conflict) {
                // MariaDB reads from a snapshot, so the primary key refuses the second hold.
                assertThat(engine).isEqualTo(Engine.MARIADB);
            }
            slow.getTransaction().rollback();
        }

        assertThat(take(eve, GRANT, STANDS)).isFalse();
    }

    @Test
    void aHoldThatASecondRowCameToShareAfterTheTransactionBeganIsNotReleased() {
        String first = of("one", "ada");
        String second = of("two", "ada");
        take(first, GRANT, STANDS);
        try (EntityManager slow = database.entityManager()) {
            slow.getTransaction().begin();
            GrantEntity row = new Ledger(slow).byId(first).orElseThrow();
            take(second, GRANT, STANDS);

            new Ledger(slow).end(row, DeletionReason.UNLINKED, NOW, NOW);
            slow.getTransaction().commit();
        }

        assertThat(take(of("three", "eve"), GRANT, STANDS)).isFalse();
    }
}
