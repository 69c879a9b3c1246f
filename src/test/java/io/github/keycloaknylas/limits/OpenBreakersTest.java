package io.github.keycloaknylas.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.delivery.ManualClock;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What the status shows administrators of the circuit breakers. */
class OpenBreakersTest {

    private static final URI URL = URI.create("https://api.us.nylas.com");
    private static final CredentialKey OWN = new CredentialKey(URL, "application-a", Optional.empty());
    private static final CredentialKey CREDENTIAL = new CredentialKey(URL, "application-a", Optional.of("credential"));
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ManualClock clock = new ManualClock();
    private final CircuitBreakers breakers =
            new CircuitBreakers(clock, new Backoff(() -> 0.5), Duration.ZERO, Duration.ofMinutes(4), MINUTE);

    private void call(CredentialKey key, Consumer<CallPermit> outcome) {
        try (CallPermit permit = breakers.permit(key, "key 1").orElseThrow()) {
            outcome.accept(permit);
        }
    }

    private static OpenBreaker breaker(String reason, String credential, OpenBreaker found) {
        return new OpenBreaker(reason, URL.toString(), "application-a", credential, found.until());
    }

    @Test
    void nothingIsShownWhileAllCallsArePermitted() {
        call(OWN, CallPermit::succeeded);

        assertThat(breakers.open()).isEmpty();
    }

    @Test
    void aConnectionInTroubleIsShownUntilItsNextTrial() {
        for (int row = 0; row < 5; row++) {
            String id = "row " + row;
            call(OWN, permit -> permit.troubled(id));
        }

        assertThat(breakers.open()).singleElement().satisfies(open -> {
            assertThat(open).isEqualTo(breaker("unavailable", null, open));
            assertThat(open.until()).isGreaterThan(clock.millis());
            clock.forward(Duration.ofMillis(open.until() - clock.millis()));
        });
        assertThat(breakers.open()).isEmpty();
    }

    @Test
    void aRefusedKeyIsShown() {
        call(OWN, CallPermit::refusedConnection);

        assertThat(breakers.open())
                .singleElement()
                .satisfies(open -> assertThat(open).isEqualTo(breaker("key_refused", null, open)));
    }

    @Test
    void aRefusedCredentialIsShownWithItsId() {
        call(CREDENTIAL, CallPermit::refusedCredential);

        assertThat(breakers.open())
                .singleElement()
                .satisfies(open -> assertThat(open).isEqualTo(breaker("credential_refused", "credential", open)));
    }

    @Test
    void aPauseIsShownUntilItsEnd() {
        call(OWN, permit -> permit.paused(MINUTE));
        long end = clock.millis() + MINUTE.toMillis();

        clock.forward(MINUTE.minusMillis(1));
        assertThat(breakers.open())
                .containsExactly(new OpenBreaker("paused", URL.toString(), "application-a", null, end));

        clock.forward(Duration.ofMillis(1));
        assertThat(breakers.open()).isEmpty();
    }

    @Test
    void aMissingSettingIsShownWithoutAConnection() {
        try (SettingPermit permit = breakers.permit(new SettingKey("lane")).orElseThrow()) {
            permit.missing();
        }

        assertThat(breakers.open())
                .containsExactly(
                        new OpenBreaker("setting_missing", null, null, null, clock.millis() + MINUTE.toMillis()));
    }
}
