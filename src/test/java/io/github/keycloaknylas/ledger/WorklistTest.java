package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The workers find what is due, and nothing else. */
@OnEveryDatabase
class WorklistTest extends LedgerTestBase {

    WorklistTest(Engine engine) {
        super(engine);
    }

    private List<String> found(Function<Worklist, List<String>> look) {
        try (EntityManager em = database.entityManager()) {
            return look.apply(new Worklist(em));
        }
    }

    private List<String> due(Blocked blocked) {
        return found(work -> work.due(NOW, blocked, 10));
    }

    @Test
    void onlyWhatIsDueIsReadLongestWaitingFirst() {
        String second = row("second", row -> waiting(row, 20));
        String first = row("first", row -> waiting(row, 10));
        row("later", row -> waiting(row, NOW + 1));
        row("nothing", row -> {});

        assertThat(due(Blocked.NOTHING)).containsExactly(first, second);
        assertThat(found(work -> work.due(NOW, Blocked.NOTHING, 1))).containsExactly(first);
    }

    @Test
    void aLeasedRowIsDueAgainOnlyWhenItsLeaseIsOver() {
        String id = row("abc", row -> {
            waiting(row, 10);
            row.handover.lease(NOW + 1);
        });
        assertThat(due(Blocked.NOTHING)).isEmpty();

        assertThat(found(work -> work.due(NOW + 1, Blocked.NOTHING, 10))).containsExactly(id);
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
    void tokensOlderThanTheirRetentionAreFoundWhileTheyWait() {
        String old = row("old", row -> waiting(row, 10));
        row("young", row -> waiting(row, 20));
        row("done", row -> {
            waiting(row, 10);
            Transitions.connected(row, grant("grant-1", "print"), 10, NOW);
        });

        assertThat(found(work -> work.tokensOlderThan(20, 10).stream()
                        .map(GrantEntity::id)
                        .toList()))
                .containsExactly(old);
    }

    @Test
    void whatIsLeavingIsFoundAfterTheGraceAndWhileNobodyWorksOnIt() {
        String due = row("due", row -> Departures.leaving(row, 10));
        row("young", row -> Departures.leaving(row, 21));
        row("staying", row -> {});
        row("leased", row -> {
            Departures.leaving(row, 10);
            Departures.deletionStarted(row, NOW + 1);
        });
        row("later", row -> {
            Departures.leaving(row, 10);
            Departures.deletionPostponed(row, NOW + 1);
        });
        String retried = row("retried", row -> {
            Departures.leaving(row, 11);
            Departures.deletionPostponed(row, NOW);
        });

        assertThat(found(work -> work.leavingSinceBefore(20, NOW, 10))).containsExactly(due, retried);
    }

    @Test
    void projectionsAreFoundWhenDueTheOldestFirst() {
        String second = row("second", row -> row.projection.require(20));
        String first = row("first", row -> row.projection.require(10));
        row("later", row -> row.projection.require(NOW + 1));
        row("done", row -> {});

        assertThat(found(work -> work.projectionsDue(NOW, 10))).containsExactly(first, second);
    }
}
