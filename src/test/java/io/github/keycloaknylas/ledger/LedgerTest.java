package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mailbox has one row, whatever its subject is made of, and what is written comes back. */
@OnEveryDatabase
class LedgerTest extends LedgerTestBase {

    LedgerTest(Engine engine) {
        super(engine);
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
}
