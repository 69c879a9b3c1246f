package io.github.keycloaknylas.setup;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Compares the clock of this node with the time of Nylas' responses. If several servers answered, the smallest
 * difference counts: a proxy may answer with an old response, but none makes a wrong clock right.
 */
final class ClockCheck implements Consumer<Instant> {

    /** What leases tolerate between the nodes of a cluster. */
    private static final Duration TOLERATED = Duration.ofSeconds(60);

    private final InstantSource clock;
    private Optional<Duration> smallest = Optional.empty();

    ClockCheck(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void accept(Instant date) {
        Duration difference = Duration.between(date, clock.instant()).abs();
        smallest = smallest.filter(known -> known.compareTo(difference) < 0).or(() -> Optional.of(difference));
    }

    void run(Findings findings) {
        smallest.filter(difference -> difference.compareTo(TOLERATED) > 0)
                .ifPresent(difference -> findings.note(
                        FindingCode.CLOCK_OFF,
                        null,
                        "The clock of this node and that of Nylas differ by " + difference.toSeconds() + " seconds.",
                        "Synchronise the clock of the node: run timedatectl set-ntp true, or correct the time service"
                                + " of its host."));
    }
}
