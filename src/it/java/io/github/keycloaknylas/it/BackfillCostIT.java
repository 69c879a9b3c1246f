package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.BackfillCalls;
import io.github.keycloaknylas.it.support.DistributionOnly;
import io.github.keycloaknylas.it.support.Figures;
import io.github.keycloaknylas.it.support.Heap;
import io.github.keycloaknylas.it.support.LoadEnvironment;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.OurTables;
import io.github.keycloaknylas.it.support.StoredTokens;
import io.github.keycloaknylas.testkit.nylas.Grant;
import io.github.keycloaknylas.testkit.server.DistributionServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a backfill of many people costs, with a kill in the middle. {@code -Dbackfill.people=100000} makes figures worth
 * quoting; the backfill then takes more than half an hour.
 */
@Tag("figures")
@DistributionOnly("it kills and measures a process")
class BackfillCostIT {

    private static final int PEOPLE = Integer.getInteger("backfill.people", 1_000);
    private static final Duration PATIENCE = Duration.ofHours(3);
    private static final long FEW_MEGABYTES = 60;

    private static final OurTables TABLES = LoadEnvironment.TABLES;

    private final DistributionServer server = LoadEnvironment.keycloak();

    @Test
    void everyStoredTokenIsHandedOverOnceInMemoryThatDoesNotGrow() {
        List<String> figures = new ArrayList<>();
        figures.add("backfill of %d people, one node, PostgreSQL, Nylas answers at once".formatted(PEOPLE));
        try (MicrosoftRealm realm = MicrosoftRealm.empty(server)) {
            realm.add(
                    MicrosoftRealm.oidc("entra").storingTokens(),
                    Map.of("connection", LoadEnvironment.CONNECTION.name()));
            new StoredTokens(TABLES, realm, "entra").add(PEOPLE);
            BackfillCalls calls = new BackfillCalls(server, realm, "entra");
            long before = Heap.usedMegabytes(server);

            Instant start = Instant.now();
            calls.start(true, 50);
            BackfillCalls.Answer dry = awaitDone(calls);
            figures.add("dry run: %s links/s".formatted(dry.text("linksPerSecond")));
            assertThat(dry.number("queued")).isEqualTo(PEOPLE);
            calls.start(false, 50);
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> calls.show().number("done") >= PEOPLE / 2);
            long middle = Heap.usedMegabytes(server);
            figures.add("progress in the middle: " + calls.show().body());
            server.kill();
            long inCalls = TABLES.count("nylas_grant where lease_token is not null");
            server.start();
            BackfillCalls.Answer done = awaitDone(calls);
            String ours =
                    "realm_id = '" + realm.keycloak().admin().toRepresentation().getId() + "'";
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> TABLES.count("nylas_grant where grant_state = 'CONNECTED' and " + ours) == PEOPLE);

            long rows = TABLES.count("nylas_grant where " + ours);
            long mailboxes =
                    Long.parseLong(TABLES.query("select count(distinct subject) from nylas_grant where " + ours)
                            .get(0));
            List<Grant> grants = LoadEnvironment.CONNECTION.application().grants();
            long handovers = grants.stream().mapToLong(Grant::authentications).sum();
            long after = Heap.usedMegabytes(server);
            double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
            figures.add("killed in the middle, calls in progress: %d; handovers at Nylas in all: %d, grants: %d"
                    .formatted(inCalls, handovers, grants.size()));
            figures.add("handed over twice: %d, lost: %d".formatted(rows - mailboxes, PEOPLE - mailboxes));
            figures.add("all connected after %.0f s with both runs and the restart, %s links/s in the second"
                    .formatted(seconds, done.text("linksPerSecond")));
            figures.add("heap after a collection: %d MB before, %d MB in the middle, %d MB at the end"
                    .formatted(before, middle, after));
            Figures.write("backfill.txt", figures);

            assertThat(done.number("queued")).isEqualTo(PEOPLE);
            assertThat(rows).isEqualTo(PEOPLE);
            assertThat(mailboxes).isEqualTo(PEOPLE);
            assertThat(grants).hasSize(PEOPLE);
            assertThat(handovers)
                    .as("only a call that was cut off is repeated")
                    .isBetween((long) PEOPLE, PEOPLE + inCalls);
            assertThat(middle - before).isLessThan(FEW_MEGABYTES);
        }
    }

    private static BackfillCalls.Answer awaitDone(BackfillCalls calls) {
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(calls::show, answer -> answer.text("state").equals("done"));
    }
}
