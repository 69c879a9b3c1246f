package io.github.keycloaknylas.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How far a clock may be off, and which of several answers counts. */
class ClockCheckTest {

    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");

    private static List<FindingCode> notes(int... secondsOff) {
        ClockCheck clock = new ClockCheck(InstantSource.fixed(NOW));
        for (int seconds : secondsOff) {
            clock.accept(NOW.plusSeconds(seconds));
        }
        Findings findings = new Findings();
        clock.run(findings);
        assertThat(findings.problems()).isEmpty();
        return Samples.notes(findings);
    }

    @Test
    void aMinuteIsTolerated() {
        assertThat(notes(60)).isEmpty();
        assertThat(notes(-60)).isEmpty();
    }

    @Test
    void moreIsANoteInBothDirections() {
        assertThat(notes(61)).containsExactly(FindingCode.CLOCK_OFF);
        assertThat(notes(-3600)).containsExactly(FindingCode.CLOCK_OFF);
    }

    @Test
    void oneAnswerThatAgreesIsEnough() {
        assertThat(notes(-3600, 2, 3600)).isEmpty();
    }

    @Test
    void withoutAnAnswerNothingIsSaid() {
        assertThat(notes()).isEmpty();
    }
}
