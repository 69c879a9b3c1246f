package io.github.keycloaknylas.setup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Commands that can be pasted into a shell. */
class NextStepTest {

    @Test
    void aPlainNameIsWrittenAsItIs() {
        assertThat(NextStep.setUp("acme")).isEqualTo("Run: kcadm.sh create nylas/setup -r acme -b '{}' -o");
    }

    @Test
    void anyOtherNameIsQuoted() {
        assertThat(NextStep.setUp("a; rm 'x'"))
                .isEqualTo("Run: kcadm.sh create nylas/setup -r 'a; rm '\\''x'\\''' -b '{}' -o");
        assertThat(NextStep.webhook("master", "connection=default"))
                .isEqualTo("Run: kcadm.sh create 'nylas/webhook?connection=default' -r master -b '{}' -o");
    }
}
