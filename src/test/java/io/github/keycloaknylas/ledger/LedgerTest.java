package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloaknylas.testkit.store.Engine;
import io.github.keycloaknylas.testkit.store.OnEveryDatabase;
import io.github.keycloaknylas.testkit.store.TestDatabase;
import jakarta.persistence.EntityManager;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@OnEveryDatabase
class LedgerTest {

    private static final long NOW = 1_000_000;
    private static final ExpectedIdentity ADA = new ExpectedIdentity("oid-ada", null, "ada@example.com", null, null);

    private final TestDatabase database;

    LedgerTest(Engine engine) {
        database = TestDatabase.empty(engine);
    }

    private static Mailbox mailbox(String subject) {
        return new Mailbox("realm", "microsoft", subject);
    }

    private <T> T inTransaction(Function<Ledger, T> work) {
        try (EntityManager em = database.entityManager()) {
            em.getTransaction().begin();
            try {
                T result = work.apply(new Ledger(em));
                em.getTransaction().commit();
                return result;
            } finally {
                if (em.getTransaction().isActive()) {
                    em.getTransaction().rollback();
                }
            }
        }
    }

    private <T> Optional<T> optional(Function<Ledger, Optional<T>> look) {
        return inTransaction(look);
    }

    private <T> List<T> list(Function<Ledger, List<T>> look) {
        return inTransaction(look);
    }

    private boolean truth(Function<Ledger, Boolean> look) {
        return inTransaction(look);
    }

    private String text(Function<Ledger, String> look) {
        return inTransaction(look);
    }

    private ExpectedIdentity identity(Function<Ledger, ExpectedIdentity> look) {
        return inTransaction(look);
    }

    private String row(String subject, Consumer<GrantEntity> change) {
        return inTransaction(ledger -> {
            GrantEntity row = ledger.create(mailbox(subject), "user-" + subject);
            change.accept(row);
            return row.id();
        });
    }

    private static void waiting(GrantEntity row, long since) {
        Transitions.merge(row, new SealedToken("sealed", "server:k", since), ADA, row.userId(), since);
    }

    private static ConnectedGrant grant(String id, String fingerprint) {
        return new ConnectedGrant(
                id, "ada@example.com", "oid-ada", "Mail.Read User.Read", "default", fingerprint, "option:k", 7L);
    }

    private List<String> due(Blocked blocked) {
        return inTransaction(ledger -> ledger.due(NOW, blocked, 10));
    }

    @Test
    void subjectsThatDifferByCaseAloneAreDifferentMailboxes() {
        String lower = row("abc", row -> {});
        String upper = row("ABC", row -> {});

        assertThat(optional(ledger -> ledger.find(mailbox("abc")).map(GrantEntity::id)))
                .contains(lower);
        assertThat(optional(ledger -> ledger.find(mailbox("ABC")).map(GrantEntity::id)))
                .contains(upper);
        assertThat(optional(ledger -> ledger.find(mailbox("Abc")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"abc, ABC", "eve, \u00e9ve", "abc, 'abc '", "strasse, stra\u00dfe"})
    void subjectsThatACollationHoldsForEqualAreDifferentMailboxes(String one, String other) {
        String first = row(one, row -> waiting(row, 1));
        String second = row(other, row -> waiting(row, 2));

        assertThat(optional(ledger -> ledger.find(mailbox(one)).map(GrantEntity::id)))
                .contains(first);
        assertThat(optional(ledger -> ledger.find(mailbox(other)).map(GrantEntity::id)))
                .contains(second);
        assertThat(list(ledger -> ledger.ofUser("realm", "user-" + one).stream()
                        .map(GrantEntity::id)
                        .toList()))
                .containsExactly(first);
        assertThat(list(ledger -> ledger.ofUser("realm", "user-" + other).stream()
                        .map(GrantEntity::id)
                        .toList()))
                .containsExactly(second);
    }

    @Test
    void aRowThatIsFoundByItsHashIsComparedExactly() {
        row("abc", row -> {});
        try (EntityManager em = database.entityManager()) {
            em.getTransaction().begin();
            em.createNativeQuery("update NYLAS_GRANT set SUBJECT = 'somebody else'")
                    .executeUpdate();
            em.getTransaction().commit();
        }

        assertThat(optional(ledger -> ledger.find(mailbox("abc")))).isEmpty();
        assertThat(optional(ledger -> ledger.standing(mailbox("abc")))).isEmpty();
    }

    @Test
    void anySubjectIsStoredAndFound() {
        for (String subject : List.of("NUL \u0000", "lone \ud800", "back\\slash", "你好", "x".repeat(2000))) {
            String id = text(ledger -> ledger.create(mailbox(subject), "ada").id());

            assertThat(optional(ledger -> ledger.find(mailbox(subject)).map(GrantEntity::id)))
                    .contains(id);
        }
    }

    @Test
    void anyLoneSurrogateMakesAMailboxOfItsOwn() {
        String first = row("\ud800", row -> {});
        String second = row("\ud801", row -> {});

        assertThat(optional(ledger -> ledger.find(mailbox("\ud800")).map(GrantEntity::id)))
                .contains(first);
        assertThat(optional(ledger -> ledger.find(mailbox("\ud801")).map(GrantEntity::id)))
                .contains(second);
    }

    @Test
    void oneMailboxHasOneRow() {
        row("abc", row -> {});

        assertThatThrownBy(() -> row("abc", row -> {})).isInstanceOf(PersistenceException.class);
    }

    @Test
    void aLoginReadsHowAMailboxStandsWithoutManagingItsRow() {
        row("abc", row -> {
            waiting(row, 5);
            Transitions.connected(row, grant("grant-1", "print"), 5, NOW);
        });

        try (EntityManager em = database.entityManager()) {
            em.getTransaction().begin();
            Optional<Standing> standing = new Ledger(em).standing(mailbox("abc"));

            assertThat(standing)
                    .contains(new Standing(
                            Optional.of(GrantState.CONNECTED), "print", Set.of("Mail.Read", "User.Read"), 7L));
            assertThat(em.unwrap(Session.class).getStatistics().getEntityCount())
                    .isZero();
            em.getTransaction().rollback();
        }
    }

    @Test
    void aMailboxWithoutAGrantStandsWithoutOne() {
        row("abc", row -> {});

        assertThat(optional(ledger -> ledger.standing(mailbox("abc"))))
                .contains(new Standing(Optional.of(GrantState.ABSENT), null, Set.of(), null));
        assertThat(optional(ledger -> ledger.standing(mailbox("other")))).isEmpty();
    }

    @Test
    void onlyWhatIsDueIsReadLongestWaitingFirst() {
        String second = row("second", row -> waiting(row, 20));
        String first = row("first", row -> waiting(row, 10));
        row("later", row -> waiting(row, NOW + 1));
        row("nothing", row -> {});

        assertThat(due(Blocked.NOTHING)).containsExactly(first, second);
        assertThat(list(ledger -> ledger.due(NOW, Blocked.NOTHING, 1))).containsExactly(first);
    }

    @Test
    void aLeasedRowIsDueAgainOnlyWhenItsLeaseIsOver() {
        String id = row("abc", row -> {
            waiting(row, 10);
            row.handover.lease(NOW + 1);
        });
        assertThat(due(Blocked.NOTHING)).isEmpty();

        assertThat(list(ledger -> ledger.due(NOW + 1, Blocked.NOTHING, 10))).containsExactly(id);
    }

    @Test
    void whatWaitsForABlockedConnectionOrCredentialIsNotRead() {
        String other = row("other", row -> {
            waiting(row, 10);
            Transitions.routed(row, "other", "print-other");
        });
        String unrouted = row("unrouted", row -> waiting(row, 20));
        String blocked = row("blocked", row -> {
            waiting(row, 30);
            Transitions.routed(row, "default", "print-default");
        });

        assertThat(due(Blocked.NOTHING)).containsExactly(other, unrouted, blocked);
        assertThat(due(new Blocked(Set.of("default"), Set.of()))).containsExactly(other, unrouted);
        assertThat(due(new Blocked(Set.of(), Set.of("print-default")))).containsExactly(other, unrouted);
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
        String leaving = row("leaving", row -> {
            Transitions.connected(row, grant("grant-1", "print"), 5, NOW);
            Transitions.leaving(row, NOW);
        });
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
        String leaving = row("leaving", row -> {
            Transitions.connected(row, grant("grant-1", "print"), 5, NOW);
            Transitions.leaving(row, NOW);
        });
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

    private boolean isWanted(String id) {
        return inTransaction(ledger -> {
            GrantEntity row = ledger.byId(id).orElseThrow();
            return ledger.isWantedByAnother(row, row.grant().orElseThrow());
        });
    }

    @Test
    void tokensOlderThanTheirRetentionAreFoundWhileTheyWait() {
        String old = row("old", row -> waiting(row, 10));
        row("young", row -> waiting(row, 20));
        row("done", row -> {
            waiting(row, 10);
            Transitions.connected(row, grant("grant-1", "print"), 10, NOW);
        });

        assertThat(list(ledger -> ledger.tokensOlderThan(20, 10).stream()
                        .map(GrantEntity::id)
                        .toList()))
                .containsExactly(old);
    }

    @Test
    void whatIsLeavingIsFoundAfterTheGraceAndWhileNobodyWorksOnIt() {
        String due = row("due", row -> Transitions.leaving(row, 10));
        row("young", row -> Transitions.leaving(row, 21));
        row("staying", row -> {});
        row("leased", row -> {
            Transitions.leaving(row, 10);
            Transitions.deletionStarted(row, NOW + 1);
        });
        row("later", row -> {
            Transitions.leaving(row, 10);
            Transitions.deletionPostponed(row, NOW + 1);
        });
        String retried = row("retried", row -> {
            Transitions.leaving(row, 11);
            Transitions.deletionPostponed(row, NOW);
        });

        assertThat(list(ledger -> ledger.leavingSinceBefore(20, NOW, 10))).containsExactly(due, retried);
    }

    @Test
    void projectionsAreFoundWhenDueTheOldestFirst() {
        String second = row("second", row -> row.projection.require(20));
        String first = row("first", row -> row.projection.require(10));
        row("later", row -> row.projection.require(NOW + 1));
        row("done", row -> {});

        assertThat(list(ledger -> ledger.projectionsDue(NOW, 10))).containsExactly(first, second);
    }

    @Test
    void theRowsOfAUserAreThoseOfTheRealmAlone() {
        String own = row("abc", row -> {});
        inTransaction(ledger -> ledger.create(new Mailbox("other", "microsoft", "abc"), "user-abc"));

        assertThat(list(ledger -> ledger.ofUser("realm", "user-abc").stream()
                        .map(GrantEntity::id)
                        .toList()))
                .containsExactly(own);
    }

    @Test
    void everyColumnComesBackAsItWent() {
        ConnectedGrant grant = new ConnectedGrant(
                "grant-1", "grüße@example.com", "oid", "Mail.Read", "realm:r/ä", "f".repeat(64), "${vault.ä}", 7L);
        LastFailure failure = new LastFailure("temporary", "api.type", 503, "request", 8L);
        String id = row("abc", row -> {
            waiting(row, 5);
            Transitions.connected(row, grant, 5, NOW);
            Transitions.merge(row, new SealedToken("x".repeat(100_000), "server:k", 6), ADA, "user-abc", 6);
            Transitions.postponed(row, failure, 9);
        });

        GrantEntity read = inTransaction(ledger -> ledger.byId(id).orElseThrow());
        assertThat(read.grant()).contains(grant);
        assertThat(read.failure()).contains(failure);
        assertThat(read.waitingToken()).contains(new SealedToken("x".repeat(100_000), "server:k", 6));
        assertThat(read.expectedIdentity()).isEqualTo(ADA);
        assertThat(read.attempts()).isEqualTo(1);
    }

    @Test
    void theLongestIdentityFitsItsColumn() {
        String longest = "\u00e4".repeat(500);
        ExpectedIdentity identity = new ExpectedIdentity(longest, longest, longest, longest, longest);

        String id = row(
                "abc",
                row -> Transitions.merge(row, new SealedToken("sealed", "server:k", 10), identity, "user-abc", 10));

        assertThat(identity(ledger -> ledger.byId(id).orElseThrow().expectedIdentity()))
                .isEqualTo(identity);
    }

    @Test
    void linkingAgainLeavesAGrantThatSomebodyElseGotMeanwhile() {
        String leaving = row("leaving", row -> {
            waiting(row, 5);
            Transitions.connected(row, grant("grant-1", "print"), 5, NOW);
            Transitions.leaving(row, NOW);
        });
        row("other", row -> {
            waiting(row, 5);
            Transitions.connected(row, grant("grant-1", "print"), 5, NOW);
        });

        inTransaction(ledger -> {
            ledger.link(ledger.byId(leaving).orElseThrow(), "ada", NOW);
            return null;
        });

        assertThat(optional(ledger -> ledger.byId(leaving).orElseThrow().state()))
                .contains(GrantState.ABSENT);
    }

    @Test
    void linkingAgainBringsTheGrantBack() {
        String leaving = row("leaving", row -> {
            waiting(row, 5);
            Transitions.connected(row, grant("grant-1", "print"), 5, NOW);
            Transitions.leaving(row, NOW);
        });

        inTransaction(ledger -> {
            ledger.link(ledger.byId(leaving).orElseThrow(), "ada", NOW);
            return null;
        });

        assertThat(text(ledger -> ledger.byId(leaving).orElseThrow().holds)).isEqualTo("grant-1");
    }
}
