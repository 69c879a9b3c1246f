package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.GrantDecisions.Outcome;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** What administrators decide about single mailboxes. */
@OnEveryDatabase
class GrantDecisionsTest extends LedgerTestBase {

    private static final long LATER = NOW + 1_000;

    GrantDecisionsTest(Engine engine) {
        super(engine);
    }

    private Outcome decide(String id, BiFunction<GrantDecisions, GrantEntity, Outcome> decision) {
        return query(em -> {
            GrantDecisions decisions = new GrantDecisions(em);
            return decision.apply(decisions, decisions.find("realm", id).orElseThrow());
        });
    }

    private Outcome retry(String id) {
        return decide(id, (decisions, row) -> decisions.retry(row, LATER));
    }

    private Outcome accept(String id) {
        return decide(id, (decisions, row) -> decisions.accept(row, other -> true, LATER));
    }

    private Outcome disconnect(String id) {
        return decide(id, (decisions, row) -> decisions.disconnect(row, LATER));
    }

    private String held(String subject, String user, String reason) {
        return row(mailbox(subject), user, row -> {
            waiting(row, 5);
            Transitions.held(row, grant("grant-1"), reason, 5, NOW);
        });
    }

    private String holding(Mailbox mailbox, String user) {
        String id = row(mailbox, user, row -> waiting(row, 5));
        inTransaction(ledger -> {
            GrantEntity row = ledger.byId(id).orElseThrow();
            ledger.hold(row, grant("grant-1"), other -> true, NOW);
            Transitions.connected(row, grant("grant-1"), 5, NOW);
            return null;
        });
        return id;
    }

    private void lease(String id) {
        query(em -> new DueRows(em).lease(id, LATER, LATER + 60_000)).orElseThrow();
    }

    @Test
    void aTokenThatWaitsForItsNextAttemptIsDueAgainAsAfterASignIn() {
        String id = row("ada", row -> {
            waiting(row, 5);
            Transitions.postponed(row, LastFailure.of("temporary", NOW), 5, NOW + 3_600_000, NOW);
        });

        assertThat(retry(id)).isEqualTo(Outcome.DONE);

        assertThat(read(id, GrantEntity::nextAttemptAt)).contains(LATER);
        assertThat(this.<Integer>read(id, GrantEntity::attempts)).isZero();
        assertThat(this.<Integer>read(id, row -> row.handover.priority)).isEqualTo(Priority.SIGN_IN.ordinal());
    }

    @Test
    void attributesThatCouldNotBeWrittenAreDueAgain() {
        String id = row("ada", row -> {
            connected(row, "grant-1");
            Transitions.attributePostponed(row, NOW + 3_600_000);
        });

        assertThat(retry(id)).isEqualTo(Outcome.DONE);

        assertThat(this.<Boolean>read(id, row -> row.isAttributeLeasedUntil(LATER)))
                .isTrue();
    }

    @Test
    void nothingIsRetriedWhereNothingWaits() {
        String id = row("ada", row -> {
            connected(row, "grant-1");
            Transitions.attributeWritten(row, "user-ada", "nylas_grant_id", "grant-1");
        });

        assertThat(retry(id)).isEqualTo(Outcome.NOTHING_WAITS);
    }

    @Test
    void aMailboxWhoseHandoverIsInProgressIsLeftToTheWorker() {
        String id = row("ada", row -> waiting(row, 5));
        lease(id);

        assertThat(retry(id)).isEqualTo(Outcome.IN_PROGRESS);
        assertThat(accept(id)).isEqualTo(Outcome.IN_PROGRESS);
        assertThat(disconnect(id)).isEqualTo(Outcome.IN_PROGRESS);
        assertThat(read(id, GrantEntity::waitingToken)).isPresent();
    }

    @Test
    void anAcceptedGrantIsShownToTheUserAndHeldByThem() {
        String id = held("ada", "ada", Transitions.OTHER_MAILBOX);
        change(id, row -> Transitions.attributeWritten(row, "ada", null, null));

        assertThat(accept(id)).isEqualTo(Outcome.DONE);

        assertThat(read(id, GrantEntity::state)).contains(GrantState.CONNECTED);
        assertThat(read(id, GrantEntity::shownGrant)).contains(grant("grant-1"));
        assertThat(read(id, GrantEntity::failure)).isEmpty();
        assertThat(read(id, GrantEntity::isAttributeDue)).isTrue();
        assertThat(newestEvent("ada")).isEqualTo("ACCEPTED");
        String other = row("eve", row -> waiting(row, 5));
        assertThat(this.<Boolean>inTransaction(
                        ledger -> ledger.hold(ledger.byId(other).orElseThrow(), grant("grant-1"), row -> true, NOW)))
                .isFalse();
    }

    @Test
    void theDecisionIsValidAsLongAsTheGrantIsForTheSameMailbox() {
        String id = held("ada", "ada", Transitions.OTHER_MAILBOX);

        accept(id);

        ConnectedGrant same = grant("grant-1");
        assertThat(this.<Boolean>read(id, row -> row.isAccepted(same))).isTrue();
        assertThat(this.<Boolean>read(id, row -> row.isAccepted(same.reportedAs("other@example.com", null, Set.of()))))
                .isFalse();
        assertThat(this.<Boolean>read(id, row -> row.isAccepted(same.reportedAs(null, "oid-2", Set.of()))))
                .isFalse();
        assertThat(this.<Boolean>read(id, row -> row.isAccepted(grant("grant-2"))))
                .isFalse();
    }

    @Test
    void theDecisionEndsWithTheGrant() {
        String id = held("ada", "ada", Transitions.OTHER_MAILBOX);
        accept(id);

        disconnect(id);

        assertThat(this.<Boolean>read(id, row -> row.isAccepted(grant("grant-1"))))
                .isFalse();
    }

    @Test
    void withinARealmAnAcceptedGrantMovesFromTheUserWhoHadIt() {
        String first = holding(mailbox("first"), "bob");
        String id = held("ada", "ada", Transitions.HELD_BY_ANOTHER);

        Optional<String> holder = query(em -> {
            GrantDecisions decisions = new GrantDecisions(em);
            return decisions.holder(decisions.find("realm", id).orElseThrow());
        });
        assertThat(holder).contains("bob");
        assertThat(accept(id)).isEqualTo(Outcome.DONE);

        assertThat(read(id, GrantEntity::state)).contains(GrantState.CONNECTED);
        assertThat(read(first, GrantEntity::state)).contains(GrantState.ABSENT);
        assertThat(read(first, GrantEntity::isAttributeDue)).isTrue();
        assertThat(newestEvent("first")).isEqualTo("RELEASED");
        assertThat(isBeingDeleted()).isFalse();
    }

    @Test
    void aUserWhoHasTheGrantThroughAnotherMailboxKeepsItThere() {
        String first = holding(mailbox("first"), "ada");
        String id = held("second", "ada", Transitions.OTHER_MAILBOX);

        assertThat(accept(id)).isEqualTo(Outcome.DONE);

        assertThat(read(first, GrantEntity::ownGrant)).contains(grant("grant-1"));
        assertThat(read(id, GrantEntity::ownGrant)).contains(grant("grant-1"));
    }

    @Test
    void aGrantOfAnotherRealmIsNeverMoved() {
        String other = holding(new Mailbox("other", "microsoft", "bob"), "bob");
        String id = held("ada", "ada", Transitions.HELD_BY_ANOTHER);

        assertThat(accept(id)).isEqualTo(Outcome.OTHER_REALM);

        assertThat(read(id, GrantEntity::state)).contains(GrantState.HELD);
        assertThat(read(other, GrantEntity::state)).contains(GrantState.CONNECTED);
    }

    @Test
    void nothingIsAcceptedWhereNothingIsHeldBack() {
        assertThat(accept(row("ada", row -> connected(row, "grant-1")))).isEqualTo(Outcome.NOT_HELD);
        assertThat(accept(row("bob", row -> waiting(row, 5)))).isEqualTo(Outcome.NOT_HELD);
    }

    @Test
    void aGrantThatIsBeingDeletedIsNotAccepted() {
        String ended = holding(mailbox("first"), "bob");
        end(ended, NOW);
        query(em -> new Deletions(em).lease(grant("grant-1").hash(), LATER, LATER + 60_000))
                .orElseThrow();
        String id = held("ada", "ada", Transitions.OTHER_MAILBOX);

        assertThat(accept(id)).isEqualTo(Outcome.BEING_DELETED);
    }

    @Test
    void aDisconnectedGrantIsDeletedWithoutGraceAndWithoutLimit() {
        String id = holding(mailbox("ada"), "ada");

        assertThat(disconnect(id)).isEqualTo(Outcome.DONE);

        DeletionEntity deletion =
                deletions(queue -> queue.find(grant("grant-1").hash())).orElseThrow();
        assertThat(deletion.reason()).isEqualTo("DISCONNECTED");
        assertThat(deletion.isConfirmed()).isTrue();
        assertThat(deletion.nextAttemptAt()).contains(LATER);
        assertThat(deletion.isLoss()).isFalse();
        assertThat(read(id, GrantEntity::state)).contains(GrantState.ABSENT);
        assertThat(read(id, GrantEntity::isAttributeDue)).isTrue();
    }

    @Test
    void withTheGrantGoesAWaitingToken() {
        String id = row("ada", row -> waiting(row, 5));

        assertThat(disconnect(id)).isEqualTo(Outcome.DONE);

        assertThat(read(id, GrantEntity::waitingToken)).isEmpty();
    }

    @Test
    void aGrantThatWasHeldBackIsNotDeleted() {
        String id = held("ada", "ada", Transitions.OTHER_MAILBOX);

        assertThat(disconnect(id)).isEqualTo(Outcome.DONE);

        assertThat(isBeingDeleted()).isFalse();
    }

    @Test
    void whereThereIsNothingNothingEnds() {
        assertThat(disconnect(row("ada", row -> {}))).isEqualTo(Outcome.NOTHING_TO_END);
    }

    @Test
    void aMailboxOfAnotherRealmOrOfANewerVersionIsNotFound() {
        String other = row(new Mailbox("other", "microsoft", "bob"), "bob", row -> {});
        String newer = row("ada", row -> {});
        inState(newer, "PARKED");

        assertThat(isFound(other)).isFalse();
        assertThat(isFound(newer)).isFalse();
    }

    private String newestEvent(String subject) {
        return query(em -> new History(em).ofMailbox(mailbox(subject).hash(), HistoryEntry.Cursor.NEWEST, 1))
                .get(0)
                .event();
    }

    private boolean isFound(String id) {
        return query(em -> new GrantDecisions(em).find("realm", id).isPresent());
    }

    private boolean isBeingDeleted() {
        return deletions(queue -> queue.find(grant("grant-1").hash()).isPresent());
    }
}
