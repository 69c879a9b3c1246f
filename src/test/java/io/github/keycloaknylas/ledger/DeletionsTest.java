package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Grants to be deleted wait in a queue of their own, and leave a tombstone. */
@OnEveryDatabase
class DeletionsTest extends LedgerTestBase {

    private static final ConnectedGrant GRANT = grant("grant-1");
    private static final String HASH = GRANT.hash();
    private static final String LANE = GRANT.connection().hash();

    DeletionsTest(Engine engine) {
        super(engine);
    }

    private String ended(String subject, String grantId, long dueAt) {
        String id = row(subject, row -> connected(row, grantId));
        end(id, dueAt);
        return id;
    }

    private <T> T deletion(Function<DeletionEntity, T> look) {
        return deletions(queue -> queue.find(HASH).map(look).orElseThrow());
    }

    private void changeDeletion(Consumer<DeletionEntity> change) {
        deletions(queue -> {
            queue.find(HASH).ifPresent(change);
            return null;
        });
    }

    private boolean is(Predicate<DeletionEntity> look) {
        return deletion(look::test);
    }

    private boolean isQueued(String hash) {
        return deletions(queue -> queue.find(hash).isPresent());
    }

    private Optional<String> laneAfter(String lane) {
        return deletions(queue -> queue.laneAfter(lane));
    }

    private boolean keep(long now) {
        return inTransaction(ledger -> ledger.cancelDeletion(GRANT, now));
    }

    private List<String> due() {
        return due(NOW);
    }

    private List<String> due(long now) {
        return deletions(queue -> queue.dueIn(LANE, now, 10).toList());
    }

    private Optional<String> lease(long until) {
        return lease(NOW, until);
    }

    private Optional<String> lease(long now, long until) {
        return deletions(queue -> queue.lease(HASH, now, until));
    }

    @Test
    void whatIsDueIsFoundInItsApplicationTheLongestOverdueFirst() {
        ended("second", "grant-2", NOW);
        ended("first", "grant-1", NOW - 1);
        ended("later", "grant-3", NOW + 1);

        assertThat(due()).containsExactly(HASH, grant("grant-2").hash());
        assertThat(laneAfter(DueRows.FIRST)).contains(LANE);
        assertThat(laneAfter(LANE)).isEmpty();
    }

    @Test
    void oneWorkerHasADeletionUntilItsLeaseIsOver() {
        ended("ada", "grant-1", NOW);

        String lease = lease(NOW + 100).orElseThrow();

        assertThat(lease(NOW + 100)).isEmpty();
        assertThat(due()).isEmpty();
        assertThat(is(deletion -> deletion.isLeasedBy(lease))).isTrue();
        assertThat(lease(NOW + 100, NOW + 200)).isPresent();
    }

    @Test
    void aGrantThatNylasReturnsAgainIsKept() {
        ended("ada", "grant-1", NOW);

        assertThat(keep(NOW)).isTrue();

        assertThat(isQueued(HASH)).isFalse();
    }

    @Test
    void aGrantThatIsBeingDeletedIsNotKept() {
        ended("ada", "grant-1", NOW);
        lease(NOW + 100);

        assertThat(keep(NOW + 99)).isFalse();

        assertThat(isQueued(HASH)).isTrue();
        assertThat(keep(NOW + 100)).isTrue();
    }

    @Test
    void aDeletedGrantLeavesATombstoneSoThatALateAnswerIsNotRecorded() {
        ended("ada", "grant-1", NOW);
        lease(NOW + 100);

        changeDeletion(deletion -> deletion.done(NOW + 1));

        assertThat(keep(NOW + 1_000)).isFalse();
        assertThat(laneAfter(DueRows.FIRST)).isEmpty();
        assertThat(lease(NOW + 100)).isEmpty();
    }

    @Test
    void aTombstoneIsRemovedOnceNoAnswerCanBeOnItsWay() {
        ended("ada", "grant-1", NOW);
        ended("eve", "grant-2", NOW);
        changeDeletion(deletion -> deletion.done(NOW + 1));

        deletions(queue -> {
            queue.removeDone(NOW + 1);
            return null;
        });
        assertThat(isQueued(HASH)).isTrue();
        deletions(queue -> {
            queue.removeDone(NOW + 2);
            return null;
        });

        assertThat(isQueued(HASH)).isFalse();
        assertThat(isQueued(grant("grant-2").hash())).isTrue();
    }

    @Test
    void aRefusedDeletionIsTriedLaterAndCounted() {
        ended("ada", "grant-1", NOW);
        lease(NOW + 100);

        changeDeletion(deletion -> deletion.failed(LastFailure.of("temporary", NOW), NOW + 500));

        assertThat(due()).isEmpty();
        assertThat(deletion(DeletionEntity::attempts)).isEqualTo(1);
        assertThat(is(deletion -> deletion.isLeased(NOW + 1))).isFalse();
        assertThat(deletion(DeletionEntity::failure))
                .map(LastFailure::failureClass)
                .contains("temporary");
        assertThat(due(NOW + 500)).containsExactly(HASH);
    }

    @Test
    void aGrantThatASecondMailboxGivesUpWaitsForTheGraceOfThatOne() {
        ended("ada", "grant-1", NOW);

        ended("eve", "grant-1", NOW + 5_000);

        assertThat(deletion(DeletionEntity::mailbox)).isEqualTo(mailbox("eve"));
        assertThat(deletion(DeletionEntity::nextAttemptAt)).contains(NOW + 5_000);
    }

    @Test
    void aDeletionThatIsInProgressIsNotQueuedAnew() {
        ended("ada", "grant-1", NOW);
        String lease = lease(NOW + 100).orElseThrow();

        ended("eve", "grant-1", NOW + 5_000);

        assertThat(is(deletion -> deletion.isLeasedBy(lease))).isTrue();
        assertThat(deletion(DeletionEntity::mailbox)).isEqualTo(mailbox("ada"));
    }
}
