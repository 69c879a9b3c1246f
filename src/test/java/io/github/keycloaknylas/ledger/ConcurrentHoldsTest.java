package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Workers that record different grants at the same moment do not disturb each other. */
@OnEveryDatabase
class ConcurrentHoldsTest extends LedgerTestBase {

    private static final int WORKERS = 6;
    private static final int ROUNDS = 15;

    ConcurrentHoldsTest(Engine engine) {
        super(engine);
    }

    /** MariaDB locks the gap where a row that was not found would be, and two such workers deadlock at their inserts. */
    @Test
    void newGrantsAreRecordedWithoutDeadlocks() {
        for (int round = 0; round < ROUNDS; round++) {
            String of = "-" + round + "-";
            List<String> rows = IntStream.range(0, WORKERS)
                    .mapToObj(worker -> row(mailbox("person" + of + worker), "user" + of + worker, row -> {}))
                    .toList();
            CyclicBarrier together = new CyclicBarrier(WORKERS);

            CompletableFuture<?>[] workers = IntStream.range(0, WORKERS)
                    .mapToObj(worker -> CompletableFuture.runAsync(
                            () -> record(rows.get(worker), grant("grant" + of + worker), together),
                            task -> new Thread(task).start()))
                    .toArray(CompletableFuture[]::new);

            assertThatCode(() -> CompletableFuture.allOf(workers).join()).doesNotThrowAnyException();
        }
    }

    private void record(String rowId, ConnectedGrant grant, CyclicBarrier together) {
        inTransaction(ledger -> {
            GrantEntity row = ledger.byId(rowId).orElseThrow();
            await(together);
            ledger.cancelDeletion(grant, NOW);
            ledger.hold(row, grant, other -> true, NOW);
            Transitions.connected(row, grant, 5, NOW);
            return null;
        });
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
