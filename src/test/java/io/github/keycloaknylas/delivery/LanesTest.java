package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.config.ConnectionSettings;
import io.github.keycloaknylas.limits.Backoff;
import io.github.keycloaknylas.limits.CallLimits;
import io.github.keycloaknylas.limits.CircuitBreakers;
import io.github.keycloaknylas.limits.ConcurrencyLimiter;
import io.github.keycloaknylas.limits.CredentialKey;
import io.github.keycloaknylas.limits.RateLimiters;
import io.github.keycloaknylas.limits.SettingKey;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LanesTest {

    private static final String LANE = "lane";

    private final ManualClock clock = new ManualClock();
    private final CircuitBreakers breakers = new CircuitBreakers(
            clock, new Backoff(() -> 0.5), Duration.ofMinutes(1), Duration.ofMinutes(4), Duration.ofMinutes(1));
    private final ConcurrencyLimiter calls = new ConcurrencyLimiter(1);
    private long nanos;
    private final RateLimiters rate = new RateLimiters(10, () -> nanos);
    private final Lanes lanes = new Lanes(new CallLimits(breakers, calls, rate), clock, Duration.ofMinutes(1));

    private static Lanes.Route route(String application, String credential, String version) {
        ConnectionSettings connection = new ConnectionSettings(
                "default",
                URI.create("https://api.us.nylas.com"),
                "option:key",
                Optional.empty(),
                Optional.ofNullable(credential));
        return new Lanes.Route(
                connection, new CredentialKey(connection.apiUrl(), application, connection.credentialId()), version);
    }

    private void refuseKey(Lanes.Route route) {
        breakers.permit(route.credential(), route.version()).orElseThrow().refusedConnection();
    }

    @Test
    void aLaneOfWhichNothingIsKnownIsServed() {
        assertThat(lanes.mayServe(LANE)).isTrue();
    }

    @Test
    void aLaneWaitsForTheBreakerOfItsSettings() {
        breakers.permit(new SettingKey(LANE)).orElseThrow().missing();

        assertThat(lanes.mayServe(LANE)).isFalse();
        assertThat(lanes.mayServe("another")).isTrue();
    }

    @Test
    void aLaneWaitsForTheBreakerOfItsConnection() {
        Lanes.Route route = route("a", null, "key");
        lanes.learned(LANE, route);
        assertThat(lanes.mayServe(LANE)).isTrue();

        refuseKey(route);

        assertThat(lanes.mayServe(LANE)).isFalse();
    }

    @Test
    void aLaneWaitsWhileTheNextTurnsOfItsApplicationAreTaken() throws InterruptedException {
        Lanes.Route route = route("a", null, "key");
        lanes.learned(LANE, route);
        rate.await(route.credential().connection());

        nanos -= TimeUnit.MILLISECONDS.toNanos(300);
        assertThat(lanes.mayServe(LANE)).isTrue();

        nanos -= TimeUnit.MILLISECONDS.toNanos(1);
        assertThat(lanes.mayServe(LANE)).isFalse();
        assertThat(lanes.mayServe("another")).isTrue();
    }

    @Test
    void aLaneIsLookedAtOnceAMinuteSoThatAMapperThatMovedIsNoticed() {
        Lanes.Route refused = route("a", null, "key");
        refuseKey(refused);
        clock.forward(Duration.ofMinutes(1));
        refuseKey(refused);
        lanes.learned(LANE, refused);

        clock.forward(Duration.ofMinutes(1).minusMillis(1));
        assertThat(lanes.mayServe(LANE)).isFalse();
        clock.forward(Duration.ofMillis(1));
        assertThat(lanes.mayServe(LANE)).isTrue();
        lanes.learned(LANE, refused);

        assertThat(lanes.mayServe(LANE)).isFalse();
    }

    @Test
    void rowsThatUseTheSameConnectionDoNotPutTheLookOff() {
        Lanes.Route route = route("a", null, "key");
        lanes.learned(LANE, route);
        clock.forward(Duration.ofSeconds(59));
        lanes.learned(LANE, route);
        refuseKey(route);

        clock.forward(Duration.ofSeconds(1));

        assertThat(lanes.mayServe(LANE)).isTrue();
    }

    @Test
    void anotherConnectionOfTheLaneCountsAtOnce() {
        Lanes.Route refused = route("a", null, "key");
        lanes.learned(LANE, refused);
        refuseKey(refused);

        lanes.learned(LANE, route("b", null, "other-key"));

        assertThat(lanes.mayServe(LANE)).isTrue();
    }

    @Test
    void aRefusedCredentialConcernsTheLanesThatUseIt() {
        Lanes.Route own = route("a", "credential", "key");
        lanes.learned(LANE, own);
        lanes.learned("another", route("a", null, "key"));

        breakers.permit(own.credential(), own.version()).orElseThrow().refusedCredential();

        assertThat(lanes.mayServe(LANE)).isFalse();
        assertThat(lanes.mayServe("another")).isTrue();
    }

    @Test
    void aLaneWhoseUrlHasItsShareOfTheWorkersWaits() {
        Lanes.Route route = route("a", null, "key");
        lanes.learned(LANE, route);

        try (ConcurrencyLimiter.Slot call = calls.tryEnter(route.settings()).orElseThrow()) {
            assertThat(lanes.mayServe(LANE)).isFalse();
        }

        assertThat(lanes.mayServe(LANE)).isTrue();
    }
}
