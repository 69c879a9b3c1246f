package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.GrantRequest;
import io.github.keycloaknylas.nylas.NylasApplication;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.FreshOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Nylas cannot be reached for five hours by a clock that the test moves, with many people waiting, and comes back. The
 * workers take a row each and then call, as they do when they run at the same time. {@code -Doutage.mailboxes=5000} for
 * more.
 */
@ExtendWith(FreshOptions.class)
class OutageTest {

    private static final int MAILBOXES = Integer.getInteger("outage.mailboxes", 300);
    private static final int WORKERS = 4;
    private static final Duration TICK = Duration.ofMinutes(1);
    private static final Duration AWAY = Duration.ofHours(5);

    /** The longest wait of a row and of a breaker: the back-off of these tests has no jitter. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    private static final Duration PER_CALL = Duration.ofMillis(100);

    private final DeliveryFixture fixture = new DeliveryFixture(Engine.H2);
    private final DeliveryParts parts = new DeliveryParts(
            new KeycloakStores(
                    new Transactions(fixture.keycloak.lightweightFactory()),
                    fixture.keycloak.links(),
                    fixture.keycloak.eligibility(),
                    fixture.keycloak.attributes(),
                    fixture.events),
            fixture.nylas,
            DeliveryFixture.SETTINGS,
            new Timing(fixture.clock, fixture.backoff, DeliveryFixture.unlimited()),
            fixture.warnings,
            new NoticeBacklog(NoticeBacklog.MOST, true),
            "!");
    private boolean away = true;
    private int calls;
    private int questions;

    OutageTest() {
        when(fixture.nylas.application(any())).thenAnswer(call -> {
            questions++;
            return away
                    ? Handovers.failed(FailureKind.TEMPORARY, null, null)
                    : new CallResult.Done<>(
                            new NylasApplication(DeliveryFixture.APPLICATION, "us", "production"), "request-1");
        });
        when(fixture.nylas.connect(any(), any(), any())).thenAnswer(call -> {
            calls++;
            String name = call.<GrantRequest>getArgument(1).refreshToken();
            return away
                    ? Handovers.failed(FailureKind.TEMPORARY, null, null)
                    : new CallResult.Done<>(DeliveryFixture.grant("grant-of-" + name, name), "request-1");
        });
    }

    @Test
    void anOutageThatBeginsBeforeTheApplicationIsKnownCostsFewQuestions() throws InterruptedException {
        List<String> people = people();

        passTheOutage();

        assertThat(calls).isZero();
        // 1 s, 5 s, 30 s, 2 min, 10 min and then each quarter of an hour.
        assertThat(questions).isBetween(20, 35);
        int before = questions;
        recover(people);
        assertThat(questions - before).isEqualTo(1);
    }

    @Test
    void anOutageCostsFewCallsAndEverybodyGetsAGrantOnceItIsOver() throws InterruptedException {
        away = false;
        fixture.signedIn("ada", "ada", fixture.now());
        parts.merger.merge();
        deliver(Duration.ZERO);
        calls = 0;
        away = true;
        List<String> people = people();

        passTheOutage();

        // Five failures open the breaker, and then as often as it permits a trial.
        assertThat(calls).isBetween(25, 40);
        int before = calls;
        recover(people);
        assertThat(calls - before).isEqualTo(MAILBOXES);
        assertThat(fixture.state(people.get(0))).contains(GrantState.CONNECTED);
    }

    private List<String> people() {
        List<String> people =
                IntStream.range(0, MAILBOXES).mapToObj(i -> "person-" + i).toList();
        people.forEach(name -> {
            fixture.person(name);
            fixture.signedIn(name, name, fixture.now());
        });
        parts.merger.merge();
        return people;
    }

    private void passTheOutage() throws InterruptedException {
        for (Duration gone = Duration.ZERO; gone.compareTo(AWAY) < 0; gone = gone.plus(TICK)) {
            deliver(Duration.ZERO);
            fixture.clock.forward(TICK);
        }
    }

    private void recover(List<String> people) throws InterruptedException {
        away = false;
        long back = fixture.now();
        while (shown(people) < MAILBOXES && fixture.now() - back < AWAY.toMillis()) {
            deliver(PER_CALL);
            fixture.clock.forward(TICK);
        }
        assertThat(shown(people)).isEqualTo(MAILBOXES);
        assertThat(Duration.ofMillis(fixture.now() - back))
                .isLessThanOrEqualTo(LONGEST_WAIT
                        .multipliedBy(2)
                        .plus(PER_CALL.multipliedBy(MAILBOXES))
                        .plus(TICK.multipliedBy(2)));
    }

    private void deliver(Duration perCall) throws InterruptedException {
        List<PreparedHandover> taken = take();
        while (!taken.isEmpty()) {
            for (PreparedHandover handover : taken) {
                fixture.clock.forward(perCall);
                parts.handovers.make(handover);
                parts.attributes.write(handover);
            }
            taken = take();
        }
    }

    private List<PreparedHandover> take() {
        return Stream.generate(() -> parts.leases.next().flatMap(parts.preparation::prepare))
                .limit(WORKERS)
                .takeWhile(Optional::isPresent)
                .flatMap(Optional::stream)
                .toList();
    }

    private long shown(List<String> people) {
        return people.stream().filter(name -> fixture.shown(name).isPresent()).count();
    }
}
