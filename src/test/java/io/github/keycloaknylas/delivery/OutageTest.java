package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.github.keycloaknylas.config.Advice;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.nylas.Answer;
import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.Handover;
import io.github.keycloaknylas.nylas.NylasClient;
import io.github.keycloaknylas.nylas.NylasGrant;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.FreshOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Nylas is away for five hours by a clock that the test moves, with many people waiting, and comes back. The four workers
 * take a row each and then call, as they do when they run at the same time. {@code -Doutage.mailboxes=5000} for more.
 */
@ExtendWith(FreshOptions.class)
class OutageTest {

    private static final int MAILBOXES = Integer.getInteger("outage.mailboxes", 120);
    private static final int WORKERS = 4;
    private static final Duration TICK = Duration.ofMinutes(1);
    private static final Duration AWAY = Duration.ofHours(5);

    /** At the longest, a row and the gate wait for so long, give or take nothing: the tests' spread is none. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(15);

    private static final Duration PACE = Duration.ofMillis(100);

    private final Workshop workshop = new Workshop(Engine.H2);
    private final NylasClient nylas = mock(NylasClient.class, withSettings().stubOnly());
    private final Claims claims = workshop.claims();
    private final Merger merger = new Merger(workshop.jobs, workshop.clock);
    private final Projections projections = new Projections(workshop.jobs, workshop.backoff, workshop.clock);
    private final Attempt attempt = new Attempt(
            nylas,
            new Recorder(workshop.jobs, workshop.clock),
            workshop.gates,
            workshop.backoff,
            new RefusalWatch(),
            new Advice(Logger.getLogger(OutageTest.class), workshop.clock));

    private boolean away = true;
    private int calls;

    OutageTest() {
        when(nylas.connect(any(), any())).thenAnswer(call -> {
            calls++;
            return away ? notReached() : granted(call.<Handover>getArgument(1).refreshToken());
        });
    }

    @Test
    void anOutageCostsFewCallsAndEverybodyGetsAGrantAtThePaceOnceItIsOver() {
        List<String> people =
                IntStream.range(0, MAILBOXES).mapToObj(i -> "person-" + i).toList();
        people.forEach(name -> {
            workshop.person(name);
            workshop.signedIn(name, name, workshop.now());
        });

        for (Duration gone = Duration.ZERO; gone.compareTo(AWAY) < 0; gone = gone.plus(TICK)) {
            merger.merge();
            deliver(Duration.ZERO);
            workshop.clock.forward(TICK);
        }
        int inVain = calls;
        away = false;
        long back = workshop.now();
        while (shown(people) < MAILBOXES && sinceMillis(back) < AWAY.toMillis()) {
            merger.merge();
            deliver(PACE);
            workshop.clock.forward(TICK);
        }

        System.out.printf(
                "Outage of %s, %d mailboxes: %d calls in vain; drained %d s after Nylas was back, at 10/s%n",
                AWAY, MAILBOXES, inVain, sinceMillis(back) / 1000);
        assertThat(shown(people)).isEqualTo(MAILBOXES);
        assertThat(calls - inVain).isEqualTo(MAILBOXES);
        // 1 s, 5 s, 30 s, 2 min, 10 min and then each quarter of an hour, with as many calls as there are workers.
        assertThat(inVain).isBetween(WORKERS * 20, WORKERS * 26);
        assertThat(Duration.ofMillis(sinceMillis(back)))
                .isLessThanOrEqualTo(LONGEST_WAIT
                        .multipliedBy(2)
                        .plus(PACE.multipliedBy(MAILBOXES))
                        .plus(TICK.multipliedBy(2)));
        assertThat(workshop.<Boolean>read(people.get(0), row -> row.is(GrantState.CONNECTED)))
                .isTrue();
    }

    private void deliver(Duration perCall) {
        List<Claim> taken = take();
        while (!taken.isEmpty()) {
            for (Claim claim : taken) {
                workshop.clock.forward(perCall);
                attempt.make(claim);
                projections.write(claim.rowId());
            }
            taken = take();
        }
    }

    private List<Claim> take() {
        return Stream.generate(claims::next)
                .limit(WORKERS)
                .takeWhile(Optional::isPresent)
                .flatMap(Optional::stream)
                .toList();
    }

    private long shown(List<String> people) {
        return people.stream().filter(name -> workshop.shown(name).isPresent()).count();
    }

    private long sinceMillis(long moment) {
        return workshop.now() - moment;
    }

    private static Answer<NylasGrant> notReached() {
        return new Answer.Failed<>(
                new Failure(FailureKind.TEMPORARY, null, null, null, null, null, "Nylas was not reached."));
    }

    private static Answer<NylasGrant> granted(String name) {
        return new Answer.Done<>(Workshop.answer("grant-of-" + name, name), "request");
    }
}
