package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.Backlog;
import io.github.keycloaknylas.it.support.DistributionOnly;
import io.github.keycloaknylas.it.support.Figures;
import io.github.keycloaknylas.it.support.Handovers;
import io.github.keycloaknylas.it.support.Heap;
import io.github.keycloaknylas.it.support.LoadEnvironment;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.OurTables;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.testkit.nylas.RecordedRequest;
import io.github.keycloaknylas.testkit.server.DistributionServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nylas is away for five hours while people sign in, and comes back. The hours pass by moving the times in the tables
 * and by a restart, which resets circuit breakers; what passing time itself does to breakers and waits is shown with a
 * clock moved by hand in {@code OutageTest}. {@code -Doutage.people=1000} makes figures worth quoting.
 */
@Tag("figures")
@DistributionOnly("it measures a process")
class OutageIT {

    private static final int PEOPLE = Integer.getInteger("outage.people", 100);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final long FEW_MEGABYTES = 60;

    private static final OurTables TABLES = LoadEnvironment.TABLES;
    private static final List<String> FIGURES = new ArrayList<>(
            List.of("Nylas away for five simulated hours, %d people waiting, one node, PostgreSQL".formatted(PEOPLE)));

    private Instant back;

    private final DistributionServer server = LoadEnvironment.keycloak();

    @AfterAll
    static void report() {
        Figures.write("outage.txt", FIGURES);
    }

    @ParameterizedTest(name = "{0} requests a second")
    @ValueSource(ints = {10, 50})
    void everybodyGetsAGrantAtThePermittedRateOnceNylasIsBack(int perSecond) {
        server.restart(LoadEnvironment.options(perSecond));
        try (MicrosoftRealm realm =
                MicrosoftRealm.withOidc(server, Map.of("connection", LoadEnvironment.CONNECTION.name()))) {
            String rows = "nylas_grant where realm_id = '"
                    + realm.keycloak().admin().toRepresentation().getId() + "'";
            long before = Heap.usedMegabytes(server);
            TestEnvironment.NYLAS.goDown();
            try {
                new Backlog(realm).add(PEOPLE);
                await().atMost(PATIENCE).until(() -> TABLES.count(rows + " and handover_state = 'DUE'") == PEOPLE);
                await().atMost(PATIENCE).until(() -> attempts(rows) >= 5);
                long waiting = Heap.usedMegabytes(server);
                FIGURES.add(
                        "%d/s: heap after a collection %d MB before, %d MB with all waiting; nylas_grant %d kB, nylas_capture %d kB"
                                .formatted(
                                        perSecond,
                                        before,
                                        waiting,
                                        kilobytes("nylas_grant"),
                                        kilobytes("nylas_capture")));
                assertThat(waiting - before).isLessThan(FEW_MEGABYTES);
                hoursPass(5);
                FIGURES.add("%d/s: attempts meanwhile, all people together: %d".formatted(perSecond, attempts(rows)));
                server.restart(LoadEnvironment.options(perSecond));
            } finally {
                back = Instant.now();
                TestEnvironment.NYLAS.comeBack();
            }

            await().atMost(PATIENCE)
                    .until(() -> TABLES.count(rows + " and grant_state = 'CONNECTED' and handover_state = 'NONE'")
                            == PEOPLE);

            judge(perSecond);
        }
    }

    private void judge(int perSecond) {
        List<RecordedRequest> handovers = handovers();
        Instant first = handovers.get(0).arrivedAt();
        // The last of them had been tried in vain, and keep to waits of their own.
        int most = PEOPLE * 9 / 10;
        Instant last = handovers.get(most).arrivedAt();
        double seconds = Duration.between(first, last).toMillis() / 1000.0;
        long refused =
                handovers.stream().filter(request -> request.status() == 429).count();
        FIGURES.add("%d/s: first call %d ms after Nylas was back, the first %d calls in %.1f s = %.1f/s, 429: %d"
                .formatted(
                        perSecond, Duration.between(back, first).toMillis(), most, seconds, most / seconds, refused));
        assertThat(handovers).hasSize(PEOPLE);
        assertThat(refused).isZero();
        assertThat(seconds).isGreaterThan(most / (double) perSecond * 0.95);
    }

    /** Everything that was said to happen at a time happens so much earlier. */
    private static void hoursPass(int hours) {
        long millis = HOUR.multipliedBy(hours).toMillis();
        TABLES.execute(("update nylas_grant set token_at = token_at - %1$d, next_at = next_at - %1$d,"
                        + " failure_at = failure_at - %1$d, lease_until = lease_until - %1$d")
                .formatted(millis));
    }

    private List<RecordedRequest> handovers() {
        return TestEnvironment.NYLAS
                .requests()
                .all(LoadEnvironment.CONNECTION
                        .requests()
                        .and(Handovers.all())
                        .and(request -> request.arrivedAt().isAfter(back)));
    }

    private static long attempts(String rows) {
        return Long.parseLong(
                TABLES.query("select coalesce(sum(attempts), 0) from " + rows).get(0));
    }

    private static long kilobytes(String table) {
        return Long.parseLong(TABLES.query("select pg_total_relation_size('" + table + "') / 1000")
                .get(0));
    }
}
