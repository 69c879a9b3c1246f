package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.nylas.ErrorFaults;
import io.github.keycloaknylas.testkit.nylas.WireFaults;
import java.time.Duration;

/** The condition of Nylas while users sign in. */
public enum NylasCondition {
    HEALTHY("healthy", 0, false) {
        @Override
        public void begin() {}
    },
    DISTANT("200 ms away", 0, false) {
        @Override
        public void begin() {
            TestEnvironment.NYLAS.behaviour().latency(Duration.ofMillis(200));
        }
    },
    SLOW("5 s slow, all workers busy", 40, true) {
        @Override
        public void begin() {
            TestEnvironment.NYLAS.faults().always(WireFaults.late(Duration.ofSeconds(5)));
        }
    },
    REFUSED("connection refused", 20, false) {
        @Override
        public void begin() {
            TestEnvironment.NYLAS.goDown();
        }

        @Override
        public void end() {
            TestEnvironment.NYLAS.comeBack();
        }
    },
    BLACK_HOLE("never answers, all workers busy", 40, true) {
        @Override
        public void begin() {
            TestEnvironment.NYLAS.faults().always(WireFaults.blackHole());
        }
    },
    ERRORS("500", 20, false) {
        @Override
        public void begin() {
            TestEnvironment.NYLAS.faults().always(ErrorFaults.status(500));
        }
    },
    DRAINING("healthy, a backlog is drained", 400, false) {
        @Override
        public void begin() {}
    };

    public final String words;

    /** How many other people wait for their grants when it begins. */
    public final int backlog;

    /** Whether whoever waits for Nylas waits for seconds. */
    public final boolean harmful;

    NylasCondition(String words, int backlog, boolean harmful) {
        this.words = words;
        this.backlog = backlog;
        this.harmful = harmful;
    }

    public abstract void begin();

    public void end() {
        TestEnvironment.NYLAS.faults().clear();
        TestEnvironment.NYLAS.behaviour().latency(Duration.ZERO);
    }
}
