package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.DistributionOnly;
import io.github.keycloaknylas.it.support.Figures;
import io.github.keycloaknylas.it.support.GrantCopies;
import io.github.keycloaknylas.it.support.Heap;
import io.github.keycloaknylas.it.support.LoadEnvironment;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.OurTables;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.nylas.Grant;
import io.github.keycloaknylas.testkit.nylas.RecordedRequest;
import io.github.keycloaknylas.testkit.nylas.RequestJournal;
import io.github.keycloaknylas.testkit.server.DistributionServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What one pass over many grants costs. {@code -Dreconciled.grants=100000} makes figures worth quoting; a pass then
 * takes more than four minutes.
 */
@Tag("figures")
@DistributionOnly("it measures a process")
class ReconciliationCostIT {

    private static final int GRANTS = Integer.getInteger("reconciled.grants", 2_000);
    private static final int PAGE = 200;
    private static final int EXPIRED = 8;
    private static final int DELETED = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(30);
    private static final long FEW_MEGABYTES = 60;

    private static final OurTables TABLES = LoadEnvironment.TABLES;

    private final DistributionServer server = LoadEnvironment.keycloak();

    @Test
    void aPassReadsAllGrantsAtItsRateAndWritesOnlyWhatDiffers() {
        Map<String, String> mapper = Map.of("connection", LoadEnvironment.CONNECTION.name());
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(server, mapper)) {
            Account original = MicrosoftRealm.somebody();
            String userId = realm.signIn("entra", original).tokens().userId();
            realm.awaitGrantId(userId);
            List<Grant> grants = GrantCopies.of(realm, userId).add(GRANTS - 1);
            await().atMost(PATIENCE).until(() -> TABLES.count("nylas_connection") == 1);
            grants.subList(0, EXPIRED).forEach(grant -> TestEnvironment.NYLAS.expire(grant.id()));
            grants.subList(EXPIRED, EXPIRED + DELETED).forEach(grant -> TestEnvironment.NYLAS.delete(grant.id()));
            long before = Heap.usedMegabytes(server);
            long updates = updates();

            Instant start = Instant.now();
            TABLES.execute("update nylas_connection set next_at = 0, row_version = row_version + 1");
            await().atMost(PATIENCE).until(() -> TABLES.count("nylas_connection where reconciled_at > 0") == 1);

            List<RecordedRequest> calls = calls(start);
            long lists = calls.stream()
                    .filter(call -> call.path().equals("/v3/grants"))
                    .count();
            await().atMost(PATIENCE).until(() -> TABLES.count("nylas_grant where attribute_due") == 0);
            long written = updates() - updates;
            long after = Heap.usedMegabytes(server);
            Figures.write("reconciliation.txt", figures(calls, lists, written, before, after));

            assertThat(lists).isEqualTo((GRANTS - DELETED) / PAGE + 2);
            assertThat(calls).hasSize((int) lists + EXPIRED + DELETED);
            assertThat(TABLES.count("nylas_grant where grant_state = 'RECONNECT'"))
                    .isEqualTo(EXPIRED);
            assertThat(written).isLessThan(10L * (EXPIRED + DELETED));
            assertThat(after - before).isLessThan(FEW_MEGABYTES);
        }
    }

    private static List<RecordedRequest> calls(Instant start) {
        return TestEnvironment.NYLAS
                .requests()
                .all(LoadEnvironment.CONNECTION
                        .requests()
                        .and(RequestJournal.to("GET", "/v3/grants"))
                        .and(call -> call.arrivedAt().isAfter(start)));
    }

    /** Rows of the ledger that were changed or removed, as the database counts them, which takes it a second. */
    private static long updates() {
        return Long.parseLong(
                TABLES.query("select n_tup_upd + n_tup_del from pg_stat_user_tables where" + " relname = 'nylas_grant'")
                        .get(0));
    }

    private static List<String> figures(
            List<RecordedRequest> calls, long lists, long written, long before, long after) {
        Duration duration = Duration.between(
                calls.get(0).arrivedAt(), calls.get(calls.size() - 1).arrivedAt());
        List<String> lines = new ArrayList<>();
        lines.add("one pass over %d grants, PostgreSQL, 2 requests per second, %d expired and %d deleted at Nylas"
                .formatted(GRANTS, EXPIRED, DELETED));
        lines.add("calls: %d for the list, %d for single grants, in %.1f s = %.2f/s"
                .formatted(
                        lists,
                        calls.size() - lists,
                        duration.toMillis() / 1000.0,
                        (calls.size() - 1) * 1000.0 / duration.toMillis()));
        lines.add("rows of NYLAS_GRANT written: %d".formatted(written));
        lines.add("heap after a collection: %d MB before, %d MB after".formatted(before, after));
        return lines;
    }
}
