package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import jakarta.persistence.PersistenceException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each mailbox has one row, whatever its subject consists of, and what is written comes back. */
@OnEveryDatabase
class LedgerTest extends LedgerTestBase {

    LedgerTest(Engine engine) {
        super(engine);
    }

    private Optional<String> found(String subject) {
        return inTransaction(ledger -> ledger.find(mailbox(subject)).map(GrantEntity::id));
    }

    private boolean is(Predicate<Ledger> look) {
        return inTransaction(look::test);
    }

    private List<String> ofUser(String user) {
        return inTransaction(ledger ->
                ledger.ofUser("realm", user).stream().map(GrantEntity::id).toList());
    }

    @ParameterizedTest
    @CsvSource({"abc, ABC", "eve, \u00e9ve", "abc, 'abc '", "strasse, stra\u00dfe"})
    void subjectsThatACollationTakesForEqualAreDifferentMailboxes(String one, String other) {
        String first = row(one, row -> waiting(row, 1));
        String second = row(other, row -> waiting(row, 2));

        assertThat(found(one)).contains(first);
        assertThat(found(other)).contains(second);
        assertThat(ofUser("user-" + one)).containsExactly(first);
        assertThat(ofUser("user-" + other)).containsExactly(second);
    }

    @Test
    void aSubjectThatDiffersByCaseAloneIsNotFound() {
        row("abc", row -> {});

        assertThat(found("Abc")).isEmpty();
    }

    @Test
    void anySubjectIsStoredAndFound() {
        for (String subject :
                List.of("NUL \u0000", "lone \ud800", "lone \ud801", "back\\slash", "你好", "x".repeat(2000))) {
            String id = row(mailbox(subject), "ada", row -> {});

            assertThat(found(subject)).contains(id);
        }
    }

    @Test
    void oneMailboxHasOneRow() {
        row("abc", row -> {});

        assertThatThrownBy(() -> row("abc", row -> {})).isInstanceOf(PersistenceException.class);
    }

    @Test
    void theRowsOfAUserAreThoseOfTheRealmAlone() {
        String own = row("abc", row -> {});
        row(new Mailbox("other", "microsoft", "abc"), "user-abc", row -> {});

        assertThat(ofUser("user-abc")).containsExactly(own);
    }

    @Test
    void aRowInAStateOfANewerVersionIsReturnedToNoWriter() {
        String id = row("abc", row -> waiting(row, 1));

        inState(id, "PARKED");

        assertThat(found("abc")).isEmpty();
        assertThat(ofUser("user-abc")).isEmpty();
        assertThat(is(ledger -> ledger.byId(id).isPresent())).isFalse();
        assertThat(is(ledger -> ledger.byIds(List.of(id)).isEmpty())).isTrue();
        assertThat(is(ledger -> ledger.isInUnknownState(mailbox("abc")))).isTrue();
        assertThat(is(ledger -> ledger.isInUnknownState(mailbox("def")))).isFalse();
    }

    @Test
    void everyColumnComesBackAsItWent() {
        GrantConnection connection =
                new GrantConnection("https://ä.example.com", "application", "credential", "realm:r/ä", "${vault.ä}");
        ConnectedGrant grant = new ConnectedGrant("grant-1", "grüße@example.com", "oid", "Mail.Read", connection, 7L);
        LastFailure failure = new LastFailure("temporary", "api.type", 503, "request", 8L);
        String id = row("abc", row -> {
            waiting(row, 5);
            Transitions.connected(row, grant, 5, NOW);
            Transitions.merge(row, new SealedToken("x".repeat(100_000), "server:k", 6), ADA, "user-abc", 6);
            Transitions.postponed(row, failure, 6, 9, 8);
        });

        assertThat(read(id, GrantEntity::grant)).contains(grant);
        assertThat(read(id, GrantEntity::failure)).contains(failure);
        assertThat(read(id, GrantEntity::waitingToken)).contains(new SealedToken("x".repeat(100_000), "server:k", 6));
        assertThat(read(id, GrantEntity::expectedIdentity)).isEqualTo(ADA);
        assertThat(read(id, GrantEntity::attempts)).isEqualTo(1);
        assertThat(read(id, GrantEntity::mailbox)).isEqualTo(mailbox("abc"));
    }

    @Test
    void theLongestIdentityFitsItsColumn() {
        String longest = "\u00e4".repeat(500);
        ExpectedIdentity identity = new ExpectedIdentity(longest, longest, longest, longest, longest);

        String id = row("abc", row -> Transitions.merge(row, token(10), identity, "user-abc", 10));

        assertThat(read(id, GrantEntity::expectedIdentity)).isEqualTo(identity);
    }

    @Test
    void aRemovedRowCanBeCreatedAgain() {
        String id = row("abc", row -> {});

        inTransaction(ledger -> {
            ledger.remove(ledger.byId(id).orElseThrow());
            return null;
        });

        assertThat(row("abc", row -> {})).isNotEqualTo(id);
    }

    @Test
    void linksThatAreGoneAreCounted() {
        row("abc", row -> Transitions.linkSeen(row, false, NOW));
        row("def", row -> {});

        assertThat(this.<Long>query(em -> new MailboxCounts(em).countLinksGone()))
                .isEqualTo(1);
    }
}
