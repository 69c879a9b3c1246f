package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.KnownMailboxes.Known;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the backfill asks of many mailboxes at once, and what has become of those that it found. */
@OnEveryDatabase
class KnownMailboxesTest extends LedgerTestBase {

    private static final LastFailure REFUSED = LastFailure.of("sign_in_again", 50);

    KnownMailboxesTest(Engine engine) {
        super(engine);
    }

    private String backfilled(String subject) {
        GrantEntity row = GrantEntity.backfilled(mailbox(subject), "user-" + subject, NOW);
        Transitions.backfill(row, token(5), person(subject), NOW);
        query(em -> {
            em.persist(row);
            return null;
        });
        return row.id();
    }

    private Map<Mailbox, Known> known(String... subjects) {
        List<Mailbox> mailboxes =
                Stream.of(subjects).map(LedgerTestBase::mailbox).toList();
        return query(em -> new KnownMailboxes(em).among(mailboxes));
    }

    private BackfillOutcomes outcomes() {
        return query(em -> new BackfilledMailboxes(em).outcomes("realm", "microsoft"));
    }

    private long waiting() {
        return query(em -> new BackfilledMailboxes(em).countWaiting("realm", "microsoft"));
    }

    @Test
    void mailboxesWithARowAreKnownByWhatTheyNeed() {
        row("connected", row -> connected(row, "grant-1"));
        row("waiting", row -> waiting(row, 5));
        row("renewed", row -> {
            connected(row, "grant-2");
            waiting(row, 6);
        });
        row("refused", row -> {
            waiting(row, 5);
            Transitions.refused(row, REFUSED, 5, NOW);
        });
        inState(row("newer", row -> {}), "OF_A_LATER_VERSION");

        assertThat(known("connected", "waiting", "renewed", "refused", "newer", "unknown"))
                .containsOnly(
                        Map.entry(mailbox("connected"), Known.CONNECTED),
                        Map.entry(mailbox("waiting"), Known.WAITING),
                        Map.entry(mailbox("renewed"), Known.WAITING),
                        Map.entry(mailbox("refused"), Known.OTHERWISE),
                        Map.entry(mailbox("newer"), Known.OTHERWISE));
    }

    @Test
    void subjectsThatDifferByCaseAreDifferentMailboxes() {
        row("Ada", row -> waiting(row, 5));

        assertThat(known("ada")).isEmpty();
    }

    @Test
    void outcomesAreThoseOfTheMailboxesThatTheBackfillFound() {
        row("signed-in", row -> connected(row, "grant-1"));
        String connected = backfilled("connected");
        String refused = backfilled("refused");
        String held = backfilled("held");
        backfilled("waiting");
        assertThat(waiting()).isEqualTo(4);

        change(connected, row -> Transitions.connected(row, grant("grant-2"), 5, NOW));
        change(refused, row -> Transitions.refused(row, REFUSED, 5, NOW));
        change(held, row -> Transitions.held(row, grant("grant-3"), Transitions.OTHER_MAILBOX, 5, NOW));

        assertThat(outcomes()).isEqualTo(new BackfillOutcomes(1, 1, 1, 1));
        assertThat(waiting()).isEqualTo(1);
    }

    @Test
    void aMailboxWhoseOwnerHasSignedInSinceIsStillAnOutcomeButNoLongerInTheQueueOfTheBackfill() {
        String row = backfilled("ada");

        change(row, found -> waiting(found, 3));

        assertThat(outcomes()).isEqualTo(new BackfillOutcomes(0, 1, 0, 0));
        assertThat(waiting()).isZero();
    }

    @Test
    void withoutAnyThereAreNoOutcomes() {
        row("signed-in", row -> connected(row, "grant-1"));

        assertThat(outcomes()).isEqualTo(BackfillOutcomes.NONE);
    }
}
