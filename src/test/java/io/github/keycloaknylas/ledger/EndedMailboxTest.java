package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What is left of a mailbox whose account was unlinked. */
@OnEveryDatabase
class EndedMailboxTest extends LedgerTestBase {

    private static final String HASH = grant("grant-1").hash();

    EndedMailboxTest(Engine engine) {
        super(engine);
    }

    private <T> Optional<T> deletion(Function<DeletionEntity, T> look) {
        return deletions(queue -> queue.find(HASH).map(look));
    }

    @Test
    void anEndedMailboxQueuesItsGrantAndShowsItNoMore() {
        String id = row("ada", row -> connected(row, "grant-1"));

        end(id, NOW + 100);

        assertThat(read(id, GrantEntity::state)).contains(GrantState.ABSENT);
        assertThat(read(id, GrantEntity::grant)).isEmpty();
        assertThat(read(id, GrantEntity::isAttributeDue)).isTrue();
        assertThat(deletion(DeletionEntity::grantId)).contains("grant-1");
        assertThat(deletion(DeletionEntity::mailbox)).contains(mailbox("ada"));
        assertThat(deletion(DeletionEntity::userId)).contains("user-ada");
        assertThat(deletion(DeletionEntity::connection))
                .contains(grant("grant-1").connection());
        assertThat(deletion(DeletionEntity::nextAttemptAt)).contains(Optional.of(NOW + 100));
    }

    @Test
    void anEndedMailboxErasesItsToken() {
        String id = row("ada", row -> {
            connected(row, "grant-1");
            waiting(row, 20);
        });

        end(id, NOW);

        assertThat(read(id, GrantEntity::waitingToken)).isEmpty();
        assertThat(read(id, GrantEntity::isHandoverDue)).isFalse();
    }

    @Test
    void anEndedMailboxIsEmptyEvenIfTheNodeThatHadItsLeaseIsGone() {
        String id = row("ada", row -> {
            connected(row, "grant-1");
            waiting(row, 20);
        });
        query(em -> new DueRows(em).lease(id, NOW - 200, NOW - 100)).orElseThrow();

        end(id, NOW);
        change(id, row -> Transitions.attributeWritten(row, "user-ada", null, null));

        assertThat(read(id, GrantEntity::isEmpty)).isTrue();
    }

    @Test
    void aGrantThatWasHeldBackIsNotQueued() {
        String id = row("ada", row -> {
            waiting(row, 5);
            Transitions.held(row, grant("grant-1"), Transitions.HELD_BY_ANOTHER, 5, NOW);
        });

        end(id, NOW);

        assertThat(deletion(DeletionEntity::grantId)).isEmpty();
    }
}
