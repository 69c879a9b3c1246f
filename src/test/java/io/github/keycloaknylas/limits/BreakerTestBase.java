package io.github.keycloaknylas.limits;

import io.github.keycloaknylas.delivery.ManualClock;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Circuit breakers on a manual clock, and the calls of one application with its own credential. */
abstract class BreakerTestBase {

    static final Duration LEASE = Duration.ofMinutes(4);
    static final Duration MINUTE = Duration.ofMinutes(1);
    static final String VERSION = "key 1";

    private static final URI URL = URI.create("https://api.us.nylas.com");
    static final CredentialKey OWN = new CredentialKey(URL, "application-a", Optional.empty());
    static final CredentialKey OTHER_CREDENTIAL = new CredentialKey(URL, "application-a", Optional.of("other"));
    static final CredentialKey OTHER_APPLICATION = new CredentialKey(URL, "application-b", Optional.empty());

    final ManualClock clock = new ManualClock();
    final CircuitBreakers breakers = breakers(Duration.ZERO);

    final CircuitBreakers breakers(Duration deadline) {
        return new CircuitBreakers(clock, new Backoff(() -> 0.5), deadline, LEASE, MINUTE);
    }

    final CallPermit permit() {
        return breakers.permit(OWN, VERSION).orElseThrow();
    }

    final void fails(String... rows) {
        for (String row : rows) {
            try (CallPermit permit = permit()) {
                permit.troubled(row);
            }
        }
    }

    final boolean mayCall() {
        return breakers.mayCall(OWN, VERSION);
    }

    /** The time until the next call is permitted, in whole seconds. */
    final long secondsUntilHalfOpen() {
        long seconds = 0;
        while (!mayCall()) {
            clock.forward(Duration.ofSeconds(1));
            seconds++;
        }
        return seconds;
    }
}
