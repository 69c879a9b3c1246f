package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import jakarta.persistence.EntityManager;
import jakarta.persistence.OptimisticLockException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One worker at a time has a row or an attribute, and losing the race for it is no failure. */
@OnEveryDatabase
class LeaseTest extends LedgerTestBase {

    LeaseTest(Engine engine) {
        super(engine);
    }

    private Optional<String> lease(String id) {
        return query(em -> new DueRows(em).lease(id, NOW, NOW + 100));
    }

    private boolean has(String id, String lease) {
        return inTransaction(ledger -> ledger.leased(id, lease).isPresent());
    }

    private boolean is(String id, Predicate<GrantEntity> look) {
        return read(id, look::test);
    }

    private boolean leaseAttribute(String id) {
        return query(em -> new DueRows(em).leaseAttribute(id, NOW, NOW + 100));
    }

    private void ofTwoNodesOneWins(List<String> rows, Predicate<String> leases) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        Callable<List<Boolean>> node = () -> {
            List<Boolean> won = new ArrayList<>();
            for (String row : rows) {
                start.await(20, TimeUnit.SECONDS);
                won.add(leases.test(row));
            }
            return won;
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
    void ofTwoNodesThatWantARowAtOnceOneGetsItAndNeitherFails() throws Exception {
        List<String> rows = IntStream.range(0, 20)
                .mapToObj(i -> row("abc-" + i, row -> waiting(row, 10)))
                .toList();

        ofTwoNodesOneWins(rows, row -> lease(row).isPresent());
    }

    @Test
    void ofTwoNodesThatWantAnAttributeAtOnceOneGetsItAndNeitherFails() throws Exception {
        List<String> rows = IntStream.range(0, 20)
                .mapToObj(i -> row("abc-" + i, row -> row.attribute.require(NOW)))
                .toList();

        ofTwoNodesOneWins(rows, this::leaseAttribute);
    }

    @Test
    void aLeaseIsGivenOnlyForWhatIsDueAndFree() {
        String notDue = row("not-due", row -> {});
        String later = row("later", row -> waiting(row, NOW + 1));
        String free = row("free", row -> waiting(row, 10));

        assertThat(lease(notDue)).isEmpty();
        assertThat(lease(later)).isEmpty();
        assertThat(lease("no row")).isEmpty();
        assertThat(lease(free)).isPresent();
        assertThat(lease(free)).isEmpty();
    }

    @Test
    void anExpiredLeaseIsReplacedAndItsHolderHasLostTheRow() {
        String id = row("abc", row -> waiting(row, 10));
        String lost = query(em -> new DueRows(em).lease(id, NOW - 100, NOW)).orElseThrow();

        String now = lease(id).orElseThrow();

        assertThat(has(id, lost)).isFalse();
        assertThat(has(id, now)).isTrue();
        assertThat(is(id, row -> row.isInFlight(NOW + 99))).isTrue();
        assertThat(is(id, row -> row.isInFlight(NOW + 100))).isFalse();
    }

    @Test
    void whoeverReadTheRowBeforeTheLeaseCannotOverwriteIt() {
        String id = row("abc", row -> waiting(row, 10));
        try (EntityManager slow = database.entityManager()) {
            slow.getTransaction().begin();
            GrantEntity asItWas = new Ledger(slow).byId(id).orElseThrow();
            lease(id);

            Transitions.outlived(asItWas, NOW);

            assertThatThrownBy(slow::flush).isInstanceOf(OptimisticLockException.class);
            slow.getTransaction().rollback();
        }
    }

    @Test
    void whoeverReadTheAttributeBeforeTheLeaseCannotOverwriteIt() {
        String id = row("abc", row -> row.attribute.require(NOW));
        try (EntityManager slow = database.entityManager()) {
            slow.getTransaction().begin();
            GrantEntity asItWas = new Ledger(slow).byId(id).orElseThrow();
            leaseAttribute(id);

            asItWas.attribute.done("ada", "nylas_grant_id", "grant-1");

            assertThatThrownBy(slow::flush).isInstanceOf(OptimisticLockException.class);
            slow.getTransaction().rollback();
        }
    }

    @Test
    void anAttributeIsLeasedOnlyWhileItIsDueAndFree() {
        String notDue = row("not-due", row -> row.attribute.postpone(NOW));
        String later = row("later", row -> row.attribute.require(NOW + 1));
        String due = row("due", row -> row.attribute.require(NOW));

        assertThat(leaseAttribute(notDue)).isFalse();
        assertThat(leaseAttribute(later)).isFalse();
        assertThat(leaseAttribute("no row")).isFalse();
        assertThat(leaseAttribute(due)).isTrue();
        assertThat(leaseAttribute(due)).isFalse();
    }

    @Test
    void theLeaseOfAnAttributeEndsWhenItIsWrittenOrHasToBeWrittenAnew() {
        String id = row("abc", row -> row.attribute.require(NOW));
        leaseAttribute(id);
        assertThat(is(id, row -> row.isAttributeLeasedUntil(NOW + 100))).isTrue();
        assertThat(is(id, row -> row.isAttributeLeasedUntil(NOW + 101))).isFalse();

        change(id, row -> row.attribute.require(NOW));
        assertThat(is(id, row -> row.isAttributeLeasedUntil(NOW + 100))).isFalse();

        leaseAttribute(id);
        change(id, row -> row.attribute.done("ada", "nylas_grant_id", "grant-1"));
        assertThat(is(id, row -> row.isAttributeLeasedUntil(NOW + 100))).isFalse();
    }
}
