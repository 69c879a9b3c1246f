package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import jakarta.persistence.EntityManager;
import jakarta.persistence.OptimisticLockException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One worker at a time has the lease to write a user attribute, and losing the race for it is no failure. */
@OnEveryDatabase
class ProjectionLeaseTest extends LedgerTestBase {

    ProjectionLeaseTest(Engine engine) {
        super(engine);
    }

    @Test
    void ofTwoNodesThatWantALeaseAtOnceOneGetsItAndNeitherFails() throws Exception {
        List<String> rows = IntStream.range(0, 20)
                .mapToObj(i -> row("abc-" + i, row -> row.projection.require(NOW)))
                .toList();
        CyclicBarrier start = new CyclicBarrier(2);
        Callable<List<Boolean>> node = () -> {
            List<Boolean> leases = new ArrayList<>();
            for (String row : rows) {
                start.await(20, TimeUnit.SECONDS);
                leases.add(lease(row));
            }
            return leases;
        };
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            Future<List<Boolean>> one = nodes.submit(node);
            Future<List<Boolean>> other = nodes.submit(node);

            for (int i = 0; i < rows.size(); i++) {
                assertThat(one.get().get(i)).isNotEqualTo(other.get().get(i));
            }
        } finally {
            nodes.shutdownNow();
        }
    }

    @Test
    void aLeaseIsGivenOnlyForAnAttributeThatIsDueAndFree() {
        String notDue = row("not-due", row -> row.projection.postpone(NOW));
        String later = row("later", row -> row.projection.require(NOW + 1));
        String due = row("due", row -> row.projection.require(NOW));

        assertThat(lease(notDue)).isFalse();
        assertThat(lease(later)).isFalse();
        assertThat(lease("no row")).isFalse();
        assertThat(lease(due)).isTrue();
        assertThat(lease(due)).isFalse();
    }

    @Test
    void aLeaseHoldsUntilTheAttributeIsWrittenOrWantedAnew() {
        String id = row("abc", row -> row.projection.require(NOW));
        lease(id);
        assertThat(isLeasedUntil(id, NOW + 100)).isTrue();
        assertThat(isLeasedUntil(id, NOW + 101)).isFalse();

        change(id, row -> row.projection.require(NOW));
        assertThat(isLeasedUntil(id, NOW + 100)).isFalse();

        lease(id);
        change(id, row -> row.projection.done("ada", "nylas_grant_id", "grant-1"));
        assertThat(isLeasedUntil(id, NOW + 100)).isFalse();
    }

    @Test
    void whoReadTheRowBeforeTheLeaseCannotOverwriteIt() {
        String id = row("abc", row -> row.projection.require(NOW));
        try (EntityManager slow = database.entityManager()) {
            slow.getTransaction().begin();
            GrantEntity asItWas = new Ledger(slow).byId(id).orElseThrow();
            lease(id);

            asItWas.projection.done("ada", "nylas_grant_id", "grant-1");

            assertThatThrownBy(slow::flush).isInstanceOf(OptimisticLockException.class);
            slow.getTransaction().rollback();
        }
    }

    private boolean lease(String id) {
        return truth(ledger -> ledger.leaseProjection(id, NOW, NOW + 100));
    }

    private boolean isLeasedUntil(String id, long until) {
        return truth(ledger -> ledger.byId(id).orElseThrow().isProjectionLeasedUntil(until));
    }

    private void change(String id, Consumer<GrantEntity> change) {
        inTransaction(ledger -> {
            change.accept(ledger.byId(id).orElseThrow());
            return null;
        });
    }
}
