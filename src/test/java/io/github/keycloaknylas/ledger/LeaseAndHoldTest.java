package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import jakarta.persistence.EntityManager;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One node at a time works on a mailbox, and one mailbox at a time has a grant. */
@OnEveryDatabase
class LeaseAndHoldTest extends LedgerTestBase {

    LeaseAndHoldTest(Engine engine) {
        super(engine);
    }

    @Test
    void ofTwoNodesThatLeaseOneRowExactlyOneWins() {
        String id = row("abc", row -> waiting(row, 10));
        try (EntityManager one = database.entityManager();
                EntityManager two = database.entityManager()) {
            one.getTransaction().begin();
            two.getTransaction().begin();
            GrantEntity asSeenByOne = new Ledger(one).byId(id).orElseThrow();
            GrantEntity asSeenByTwo = new Ledger(two).byId(id).orElseThrow();

            Optional<String> lease = new Ledger(one).lease(asSeenByOne, NOW, NOW + 100);
            one.getTransaction().commit();

            assertThat(lease).isPresent();
            assertThatThrownBy(() -> new Ledger(two).lease(asSeenByTwo, NOW, NOW + 100))
                    .isInstanceOf(OptimisticLockException.class);
            two.getTransaction().rollback();
            assertThat(truth(ledger -> ledger.byId(id).orElseThrow().isLeasedBy(lease.get())))
                    .isTrue();
        }
    }

    @Test
    void aLeaseIsGivenOnlyForWhatIsDueAndFree() {
        String notDue = row("not-due", row -> {});
        String later = row("later", row -> waiting(row, NOW + 1));
        String leased = row("leased", row -> {
            waiting(row, 10);
            row.handover.lease(NOW + 1);
        });
        String over = row("over", row -> {
            waiting(row, 10);
            row.handover.lease(NOW);
        });

        assertThat(lease(notDue)).isEmpty();
        assertThat(lease(later)).isEmpty();
        assertThat(lease(leased)).isEmpty();
        assertThat(lease(over)).isPresent();
    }

    private Optional<String> lease(String id) {
        return inTransaction(ledger -> ledger.lease(ledger.byId(id).orElseThrow(), NOW, NOW + 100));
    }

    @Test
    void twoRowsNeverHoldOneGrant() {
        row("abc", row -> Transitions.connected(row, grant("grant-1", "print"), 5, NOW));

        assertThatThrownBy(() -> row("def", row -> Transitions.connected(row, grant("grant-1", "print"), 5, NOW)))
                .isInstanceOf(PersistenceException.class);
    }

    @Test
    void aGrantIsHeldByAnotherWhateverItsRealm() {
        String own = row("abc", row -> Transitions.connected(row, grant("grant-1", "print"), 5, NOW));
        String other = inTransaction(ledger ->
                ledger.create(new Mailbox("other", "microsoft", "x"), "u").id());

        assertThat(truth(ledger -> ledger.isHeldByAnother(ledger.byId(own).orElseThrow(), "grant-1")))
                .isFalse();
        assertThat(truth(ledger -> ledger.isHeldByAnother(ledger.byId(other).orElseThrow(), "grant-1")))
                .isTrue();
    }

    @Test
    void aGrantIsWantedByWhoeverWaitsForItsMailboxOverItsConnection() {
        String leaving = leavingWithGrant();
        assertThat(isWanted(leaving)).isFalse();

        String other = row("other", row -> {
            waiting(row, 10);
            Transitions.routed(row, "elsewhere", "another-print");
        });
        assertThat(isWanted(leaving)).isFalse();

        inTransaction(ledger -> {
            Transitions.routed(ledger.byId(other).orElseThrow(), null, null);
            return null;
        });
        assertThat(isWanted(leaving)).isTrue();

        inTransaction(ledger -> {
            Transitions.routed(ledger.byId(other).orElseThrow(), "default", "print");
            return null;
        });
        assertThat(isWanted(leaving)).isTrue();
    }

    @Test
    void whoWaitsForAnotherMailboxDoesNotWantTheGrant() {
        String leaving = leavingWithGrant();
        row(
                "other",
                row -> Transitions.merge(
                        row,
                        new SealedToken("sealed", "server:k", 10),
                        new ExpectedIdentity("oid-eve", null, "eve@example.com", null, null),
                        "eve",
                        10));

        assertThat(isWanted(leaving)).isFalse();
    }

    private String leavingWithGrant() {
        return row("leaving", row -> {
            waiting(row, 5);
            Transitions.connected(row, grant("grant-1", "print"), 5, NOW);
            Departures.leaving(row, NOW);
        });
    }

    private void linkedAgain(String id) {
        inTransaction(ledger -> {
            ledger.link(ledger.byId(id).orElseThrow(), "ada", NOW);
            return null;
        });
    }

    private boolean isWanted(String id) {
        return inTransaction(ledger -> {
            GrantEntity row = ledger.byId(id).orElseThrow();
            return ledger.isWantedByAnother(row, row.grant().orElseThrow());
        });
    }

    @Test
    void linkingAgainLeavesAGrantThatSomebodyElseGotMeanwhile() {
        String leaving = leavingWithGrant();
        row("other", row -> {
            waiting(row, 5);
            Transitions.connected(row, grant("grant-1", "print"), 5, NOW);
        });

        linkedAgain(leaving);

        assertThat(optional(ledger -> ledger.byId(leaving).orElseThrow().state()))
                .contains(GrantState.ABSENT);
    }

    @Test
    void linkingAgainBringsTheGrantBack() {
        String leaving = leavingWithGrant();

        linkedAgain(leaving);

        assertThat(text(ledger -> ledger.byId(leaving).orElseThrow().holds)).isEqualTo("grant-1");
    }
}
