package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.Backlog;
import io.github.keycloaknylas.it.support.DistributionOnly;
import io.github.keycloaknylas.it.support.Figures;
import io.github.keycloaknylas.it.support.Handovers;
import io.github.keycloaknylas.it.support.HangingUrl;
import io.github.keycloaknylas.it.support.Heap;
import io.github.keycloaknylas.it.support.LoadEnvironment;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.Millis;
import io.github.keycloaknylas.it.support.OurTables;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.nylas.RecordedRequest;
import io.github.keycloaknylas.testkit.server.DistributionServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Many tokens wait in one realm: how soon another realm's sign-in is handed over, and at which rate the backlog is.
 * {@code -Dbacklog.people=100000} makes figures worth quoting.
 */
@Tag("figures")
@DistributionOnly("it measures a process")
class BacklogIT {

    private static final int PEOPLE = Integer.getInteger("backlog.people", 2_000);
    private static final int SIGN_INS = 20;
    private static final int DEFAULT_RATE = 10;
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final long FEW_MEGABYTES = 60;

    private static final OurTables TABLES = LoadEnvironment.TABLES;
    private static final List<String> FIGURES = new ArrayList<>(
            List.of("%d tokens wait in realm A, one node, PostgreSQL, Nylas answers at once".formatted(PEOPLE)));

    private final DistributionServer server = LoadEnvironment.keycloak();

    @AfterEach
    void restoreNylas() {
        TestEnvironment.NYLAS.behaviour().latency(Duration.ZERO);
        Figures.write("backlog.txt", FIGURES);
    }

    @AfterAll
    static void report() {
        Figures.write("backlog.txt", FIGURES);
    }

    @Test
    void aBacklogDelaysNoOtherRealmAndIsHandedOverAtThePermittedRate() {
        server.restart(LoadEnvironment.options(DEFAULT_RATE));
        try (MicrosoftRealm a = realm();
                MicrosoftRealm b = realm()) {
            b.awaitGrantId(b.signIn("entra", MicrosoftRealm.somebody()).tokens().userId());
            long before = Heap.usedMegabytes(server);
            new Backlog(a).add(PEOPLE);

            Instant start = Instant.now();
            List<Millis> delays = new ArrayList<>();
            delays.add(firstCalls(b, "the backlog is being merged, 10/s"));
            await().atMost(PATIENCE).until(() -> TABLES.count("nylas_capture where completed_at is not null") == 0);
            FIGURES.add("merged after %d s"
                    .formatted(Duration.between(start, Instant.now()).toSeconds()));
            long waiting = Heap.usedMegabytes(server);
            FIGURES.add("heap after a collection: %d MB before, %d MB with all waiting".formatted(before, waiting));
            assertThat(waiting - before).isLessThan(FEW_MEGABYTES);
            delays.add(firstCalls(b, "the backlog is merged, 10/s"));
            server.restart(LoadEnvironment.options(LoadEnvironment.FASTEST));
            delays.add(firstCalls(b, "the backlog is merged, 50/s"));
            double rate = drain(a);

            FIGURES.add("heap after a collection at the end: %d MB".formatted(Heap.usedMegabytes(server)));
            assertThat(delays).extracting(Millis::median).allMatch(median -> median < 1_000);
            assertThat(rate).isGreaterThan(LoadEnvironment.FASTEST * 0.9);
        }
    }

    @Test
    void aRealmWhoseUrlNeverAnswersTakesNothingFromTheOthers() {
        server.restart(LoadEnvironment.options(LoadEnvironment.FASTEST));
        try (HangingUrl url = HangingUrl.open();
                MicrosoftRealm others = realm();
                MicrosoftRealm c = MicrosoftRealm.withOidc(server, LoadEnvironment.ownConnection(url.uri()))) {
            LoadEnvironment.putIntoVault(c.keycloak().name(), "hanging-key");
            rateOf(others, 1_000);
            double without = rateOf(others, 1_000);
            new Backlog(c).add(200);
            await().atMost(MicrosoftRealm.SOON).until(() -> url.connections() > 0);
            double with = rateOf(others, 1_000);

            FIGURES.add("realm C's own URL never answers, 200 of its tokens wait: others at %.1f/s, without C %.1f/s"
                    .formatted(with, without));
            assertThat(with).isGreaterThan(without * 0.9);
        }
    }

    @Test
    void aNylasThatTakesASecondIsCalledAtThePermittedRate() {
        server.restart(LoadEnvironment.options(DEFAULT_RATE));
        TestEnvironment.NYLAS.behaviour().latency(Duration.ofSeconds(1));
        try (MicrosoftRealm realm = realm()) {
            double rate = rateOf(realm, 600);

            FIGURES.add("Nylas takes 1 s, 10/s permitted: %.2f/s".formatted(rate));
            assertThat(rate).isGreaterThan(DEFAULT_RATE * 0.95);
        }
    }

    private MicrosoftRealm realm() {
        return MicrosoftRealm.withOidc(server, Map.of("connection", LoadEnvironment.CONNECTION.name()));
    }

    /** From the end of a login to its call, for one person after another. */
    private static Millis firstCalls(MicrosoftRealm realm, String when) {
        Millis delays = new Millis();
        for (int i = 0; i < SIGN_INS; i++) {
            Account newcomer = MicrosoftRealm.somebody();
            realm.signIn("entra", newcomer);
            Instant signedIn = Instant.now();
            String token = TestEnvironment.MICROSOFT
                    .lastRefreshToken(newcomer)
                    .orElseThrow()
                    .value();
            RecordedRequest call = TestEnvironment.NYLAS
                    .requests()
                    .await(
                            request -> request.refreshToken()
                                    .filter(sent -> sent.value().equals(token))
                                    .isPresent(),
                            1,
                            PATIENCE)
                    .get(0);
            delays.add(Duration.between(signedIn, call.arrivedAt()));
        }
        FIGURES.add("%s: a sign-in in realm B is called %s ms after it, median / p95 (least to most) of %d"
                .formatted(when, delays, delays.size()));
        return delays;
    }

    private double drain(MicrosoftRealm realm) {
        long first = connected(realm);
        Instant start = Instant.now();
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> connected(realm) == PEOPLE);
        double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
        double rate = (PEOPLE - first) / seconds;
        FIGURES.add("handed over: %d in %.0f s = %.1f/s of 50/s".formatted(PEOPLE - first, seconds, rate));
        return rate;
    }

    /** Calls per second from the tenth to the last, by their arrival. */
    private static double rateOf(MicrosoftRealm realm, int people) {
        Instant start = Instant.now();
        new Backlog(realm).add(people);
        List<RecordedRequest> calls = TestEnvironment.NYLAS
                .requests()
                .await(
                        LoadEnvironment.CONNECTION
                                .requests()
                                .and(Handovers.all())
                                .and(request -> request.arrivedAt().isAfter(start)),
                        people,
                        PATIENCE);
        Instant tenth = calls.get(10).arrivedAt();
        Instant last = calls.get(people - 1).arrivedAt();
        return (people - 11) * 1000.0 / Duration.between(tenth, last).toMillis();
    }

    private static long connected(MicrosoftRealm realm) {
        return TABLES.count("nylas_grant where grant_state = 'CONNECTED' and realm_id = '"
                + realm.keycloak().admin().toRepresentation().getId() + "'");
    }
}
