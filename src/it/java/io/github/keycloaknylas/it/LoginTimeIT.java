package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.Backlog;
import io.github.keycloaknylas.it.support.DistributionOnly;
import io.github.keycloaknylas.it.support.Figures;
import io.github.keycloaknylas.it.support.LoadEnvironment;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.Millis;
import io.github.keycloaknylas.it.support.NylasCondition;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.it.support.Timing;
import io.github.keycloaknylas.it.support.control.SynchronousMapper;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.signin.Attempt;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A login that hands over takes as long as one without the extension, however Nylas is. Measured on one server, in
 * turn: A without a mapper, but with Store tokens, since that keeps the token as well; B with ours; and C with a mapper
 * that calls Nylas within the login, so that the measurement is known to see harm. {@code -Dlogin.rounds=300} makes
 * figures worth quoting.
 */
@Tag("figures")
@DistributionOnly("it measures a process")
class LoginTimeIT {

    private static final int ROUNDS = Integer.getInteger("login.rounds", 7);
    private static final int WARM_UP = Math.max(3, ROUNDS / 6);

    /** Where Nylas does not answer well, what waits would grow with the rounds. */
    private static final int MOST_ROUNDS_IN_TROUBLE = 40;

    /** C is measured once in so many rounds: with a slow Nylas each takes seconds. */
    private static final int CONTROL_EVERY = 4;

    /** What A and B may differ by on a machine that does other things, and what C exceeds by far. */
    private static final long MARGIN_MILLIS = 750;

    private static final long HARM_MILLIS = 4 * MARGIN_MILLIS;

    private static final List<String> FIGURES = new ArrayList<>();

    private static final Account PERSON = MicrosoftRealm.somebody();
    private static MicrosoftRealm without;
    private static MicrosoftRealm with;
    private static MicrosoftRealm control;
    private static String realmId;

    private NylasCondition condition;

    @BeforeAll
    static void start() {
        without = MicrosoftRealm.empty(LoadEnvironment.keycloak());
        without.keycloak().addProvider(MicrosoftRealm.oidc("entra").storingTokens());
        control = MicrosoftRealm.empty(LoadEnvironment.keycloak());
        control.keycloak().addProvider(MicrosoftRealm.oidc("entra"));
        control.keycloak()
                .addMapper(
                        "entra",
                        SynchronousMapper.ID,
                        Map.of("url", TestEnvironment.NYLAS.uri().toString(), "key", LoadEnvironment.CONTROL.apiKey()));
        with = MicrosoftRealm.withOidc(
                LoadEnvironment.keycloak(),
                Map.of("connection", LoadEnvironment.CONNECTION.name(), "maximumAgeDays", "1"));
        realmId = with.keycloak().admin().toRepresentation().getId();
        LoadEnvironment.everyGrantIsOld();
        String userId = with.signIn("entra", PERSON).tokens().userId();
        with.awaitGrantId(userId);
        for (int i = 0; i < WARM_UP; i++) {
            List.of(without, with, control).forEach(realm -> login(realm, new Millis()));
        }
        FIGURES.add(
                "Wall time of a login in ms, returning oidc user, PostgreSQL: median / p95 (least to most); A, B, C in"
                        + " turn");
        FIGURES.add("%-32s %-26s %-26s %-7s %-26s %s"
                .formatted(
                        "Nylas", "A stock, Store tokens", "B with handover", "B - A", "C synchronous", "rounds (C)"));
    }

    @AfterAll
    static void report() {
        Figures.write("login-time.txt", FIGURES);
        List.of(without, with, control).forEach(MicrosoftRealm::close);
    }

    @AfterEach
    void cleanUp() {
        condition.end();
        await().atMost(MicrosoftRealm.SOON.multipliedBy(4)).untilAsserted(() -> {
            LoadEnvironment.TABLES.execute("update nylas_grant set next_at = 0 where handover_state = 'DUE'");
            assertThat(waiting()).isZero();
        });
    }

    @ParameterizedTest
    @EnumSource
    void aLoginTakesNoLongerThanWithoutUs(NylasCondition given) {
        condition = given;
        Millis a = new Millis();
        Millis b = new Millis();
        Millis c = new Millis();
        long captured = captures();
        given.begin();
        new Backlog(with).add(given.backlog);
        if (given.harmful) {
            await().atMost(MicrosoftRealm.SOON)
                    .until(() -> LoadEnvironment.CONNECTION.journal().stream()
                                    .filter(request -> request.status() == 0)
                                    .count()
                            >= 4);
        }
        int rounds = given == NylasCondition.HEALTHY ? ROUNDS : Math.min(ROUNDS, MOST_ROUNDS_IN_TROUBLE);
        for (int round = 0; round < rounds; round++) {
            login(without, a);
            login(with, b);
            if (round % CONTROL_EVERY == 0) {
                login(control, c);
            }
        }
        FIGURES.add("%-32s %-26s %-26s %-7d %-26s %d (%d)"
                .formatted(given.words, a, b, b.medianOver(a), c, a.size(), c.size()));

        assertThat(captures() - captured).as("every login of B handed over").isEqualTo(rounds + given.backlog);
        assertThat(b.medianOver(a)).isLessThan(MARGIN_MILLIS);
        if (given.harmful) {
            assertThat(c.median() - a.median()).as("the measurement sees harm").isGreaterThan(HARM_MILLIS);
        }
    }

    private static void login(MicrosoftRealm realm, Millis millis) {
        millis.add(Timing.of(() -> {
            Attempt attempt = realm.signIn("entra", PERSON);
            assertThat(attempt.isDone()).as(attempt.page().toString()).isTrue();
        }));
    }

    private static long captures() {
        return LoadEnvironment.TABLES.count("nylas_capture where realm_id = '" + realmId + "'");
    }

    private static long waiting() {
        return LoadEnvironment.TABLES.count("nylas_capture where completed_at is not null")
                + LoadEnvironment.TABLES.count("nylas_grant where handover_state = 'DUE'");
    }
}
