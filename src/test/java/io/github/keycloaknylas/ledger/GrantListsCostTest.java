package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.GrantLists.Position;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.TestDatabase;
import jakarta.persistence.EntityManager;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How long the lists of administrators take in a large realm. {@code -Dlisted.rows=1000000} makes figures worth quoting.
 */
class GrantListsCostTest {

    private static final int ROWS = Integer.getInteger("listed.rows", 20_000);
    private static final int CALLS = 40;
    private static final String COUNT_OF_ALL = "count of all";
    private static final long MOST_MILLIS = 100;
    private static final int PAGE = 100;

    @AfterAll
    static void empty() {
        TestDatabase.empty(Engine.POSTGRESQL);
        TestDatabase.empty(Engine.MARIADB);
    }

    @ParameterizedTest
    @EnumSource(names = {"POSTGRESQL", "MARIADB"})
    void aPageTakesLessThanATenthOfASecondHoweverManyMailboxesThereAre(Engine engine) {
        TestDatabase database = TestDatabase.empty(engine);
        LargeTables.fill(database, engine, ROWS, 1_000_000_000L);
        Map<String, Long> medians = new LinkedHashMap<>();
        Map<String, Long> p95 = new LinkedHashMap<>();

        queries().forEach((name, query) -> {
            long[] times = times(database, query);
            medians.put(name, times[CALLS / 2]);
            p95.put(name, times[CALLS * 95 / 100 - 1]);
        });

        System.out.printf("%s, %d mailboxes, %d calls each, median in ms: %s%n", engine, ROWS, CALLS, medians);
        System.out.printf("%s, %d mailboxes, %d calls each, p95 in ms: %s%n", engine, ROWS, CALLS, p95);
        // An exact count of everything reads the index from one end to the other.
        medians.remove(COUNT_OF_ALL);
        assertThat(medians.values()).as("medians in ms: %s", medians).allMatch(time -> time < MOST_MILLIS);
    }

    private static Map<String, Consumer<EntityManager>> queries() {
        Map<String, Consumer<EntityManager>> queries = new LinkedHashMap<>();
        GrantFilter all = filter(null, null);
        GrantFilter connected = filter(GrantState.CONNECTED, null);
        GrantFilter address = filter(null, "user" + ROWS / 2);
        queries.put("first page", em -> page(em, all, Position.START));
        queries.put("deep page", em -> page(em, all, new Position("0", LargeTables.id(ROWS / 2))));
        queries.put("page of a status", em -> page(em, connected, new Position("0", LargeTables.id(ROWS / 2))));
        queries.put("page of an address", em -> page(em, address, Position.START));
        queries.put("empty status", em -> page(em, filter(GrantState.HELD, null), Position.START));
        queries.put("count of an address", em -> new GrantLists(em).count(address));
        queries.put("count of a status", em -> new GrantLists(em).count(filter(GrantState.HELD, null)));
        queries.put(COUNT_OF_ALL, em -> new GrantLists(em).count(all));
        queries.put("lost links", em -> new GrantLists(em).linksGone("realm", 1, DueRows.FIRST, PAGE));
        queries.put("deletions", em -> new DeletionList(em).after("realm", DueRows.FIRST, PAGE));
        return queries;
    }

    private static GrantFilter filter(GrantState state, String address) {
        return new GrantFilter(
                "realm", Optional.ofNullable(state), Optional.empty(), Optional.empty(), Optional.ofNullable(address));
    }

    private static void page(EntityManager em, GrantFilter filter, Position position) {
        new GrantLists(em).after(filter, position, PAGE);
    }

    private static long[] times(TestDatabase database, Consumer<EntityManager> query) {
        long[] times = new long[CALLS];
        for (int i = 0; i < CALLS; i++) {
            try (EntityManager em = database.entityManager()) {
                em.getTransaction().begin();
                long start = System.nanoTime();
                query.accept(em);
                times[i] = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                em.getTransaction().rollback();
            }
        }
        Arrays.sort(times);
        return times;
    }
}
