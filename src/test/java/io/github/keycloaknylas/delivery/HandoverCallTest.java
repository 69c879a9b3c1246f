package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.limits.CallLimits;
import io.github.keycloaknylas.limits.CircuitBreakers;
import io.github.keycloaknylas.limits.ConcurrencyLimiter;
import io.github.keycloaknylas.limits.ConnectionKey;
import io.github.keycloaknylas.limits.RateLimiters;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.FreshOptions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The call itself: for which application, and within which limits. */
@ExtendWith(FreshOptions.class)
class HandoverCallTest {

    private final DeliveryFixture fixture = new DeliveryFixture(Engine.H2);
    private final Handovers handovers = new Handovers(fixture);

    private void connects(String name) {
        fixture.connects(new CallResult.Done<>(DeliveryFixture.grant("grant-of-" + name, name), "request-1"));
    }

    private void verifyCalls(int calls) {
        verify(fixture.nylas, times(calls)).connect(any(), any(), any());
    }

    private void verifyTheLeaseIsReturned(String name) {
        verify(fixture.nylas, never()).connect(any(), any(), any());
        assertThat(fixture.read(name, GrantEntity::waitingToken)).isPresent();
        assertThat(fixture.read(name, GrantEntity::attempts)).isZero();
        assertThat(handovers.isInFlight(name)).isFalse();
        assertThat(handovers.wait(name)).contains(Duration.ZERO);
    }

    @Test
    void theTokenAndTheCredentialAreHandedOverToTheConnection() {
        fixture.keycloak.provider(DeliveryFixture.REALM, DeliveryFixture.ALIAS, Map.of("credentialId", "credential-1"));
        connects("ada");
        fixture.waiting("ada", "refresh-token");

        fixture.handOver();

        verify(fixture.nylas)
                .connect(
                        argThat(key -> key.value().equals("server-key")),
                        argThat(handover -> handover.refreshToken().equals("refresh-token")
                                && handover.credentialId().equals("credential-1")),
                        argThat(provider -> provider.name().equals("microsoft")));
        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        assertThat(fixture.read("ada", GrantEntity::grant)
                        .orElseThrow()
                        .connection()
                        .application())
                .isEqualTo(DeliveryFixture.APPLICATION);
    }

    @Test
    void theApplicationIsLearnedOnce() {
        fixture.person("eve");
        fixture.connected("ada", "grant-1");
        fixture.connected("eve", "grant-2");

        verify(fixture.nylas, times(1)).application(any());
        verifyCalls(2);
    }

    @Test
    void nothingIsHandedOverWhileNylasDoesNotTellTheApplication() {
        fixture.answersApplication("server-key", Handovers.failed(FailureKind.TEMPORARY, null, null));
        fixture.waiting("ada", "token");

        fixture.handOver();

        verifyCalls(0);
        assertThat(fixture.read("ada", GrantEntity::waitingToken)).isPresent();
        assertThat(handovers.wait("ada")).contains(Duration.ofSeconds(1));
        fixture.application("server-key", DeliveryFixture.APPLICATION);
        connects("ada");
        fixture.clock.forward(Duration.ofSeconds(10));
        fixture.handOver();
        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void aKeyOfAnotherApplicationThanTheOptionNamesHandsNothingOver() {
        fixture.options.with("nylas-connection/default/application-id", "application-2");
        fixture.waiting("ada", "token");

        fixture.handOver();

        verifyCalls(0);
        assertThat(fixture.read("ada", GrantEntity::waitingToken)).isPresent();
        assertThat(fixture.read("ada", GrantEntity::attempts)).isZero();
        verify(fixture.warnings)
                .warn(
                        eq("realm-name"),
                        eq("microsoft"),
                        contains("belongs to application application-1, but application-id names application-2"));
    }

    @Test
    void retryAfterIsObeyedForTheWholeConnection() {
        fixture.person("eve");
        fixture.connects(Handovers.failed(FailureKind.TEMPORARY, null, Duration.ofSeconds(40)));
        fixture.waiting("ada", "token");
        fixture.handOver();
        fixture.waiting("eve", "token");

        fixture.clock.forward(Duration.ofSeconds(40).minusMillis(1));
        assertThat(fixture.parts.leases.next()).isEmpty();
        fixture.clock.forward(Duration.ofMillis(1));

        assertThat(fixture.handOver()).isTrue();
    }

    @Test
    void oneMailboxThatAlwaysTimesOutStopsNoOther() {
        fixture.person("eve");
        fixture.connects(Handovers.failed(FailureKind.TEMPORARY, null, null));
        fixture.waiting("ada", "token");
        for (int attempt = 0; attempt < 12; attempt++) {
            assertThat(fixture.handOver()).isTrue();
            fixture.clock.forward(handovers.wait("ada").orElseThrow());
        }
        fixture.handOver();

        connects("eve");
        fixture.waiting("eve", "token");

        assertThat(fixture.handOver()).isTrue();
        assertThat(fixture.state("eve")).contains(GrantState.CONNECTED);
    }

    /** What may stop a call after the row was prepared for it. */
    enum Limit {
        CONCURRENCY,
        BREAKER,
        SHUTDOWN
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatALimitDoesNotPermitReturnsTheLease(Limit limit) throws InterruptedException {
        PreparedHandover handover = handovers.prepared("ada");
        CircuitBreakers breakers = new CircuitBreakers(
                fixture.clock, fixture.backoff, Duration.ofMinutes(1), DeliveryFixture.LEASE, Duration.ofMinutes(1));
        ConcurrencyLimiter calls = new ConcurrencyLimiter(1);
        RateLimiters rate = DeliveryFixture.unlimited();
        switch (limit) {
            case CONCURRENCY -> calls.tryEnter(handover.connection().settings()).orElseThrow();
            case BREAKER ->
                breakers.pause(
                        new ConnectionKey(handover.connection().settings().apiUrl(), DeliveryFixture.APPLICATION),
                        Duration.ofMinutes(1));
            case SHUTDOWN -> rate.stop();
        }

        new HandoverCall(
                        fixture.nylas,
                        new Applications(fixture.nylas::application, fixture.clock),
                        new CallLimits(breakers, calls, rate),
                        new Lanes(
                                new CallLimits(breakers, calls, DeliveryFixture.unlimited()),
                                fixture.clock,
                                Duration.ofMinutes(1)),
                        fixture.parts.leases,
                        mock(HandoverResultHandler.class))
                .make(handover);

        verifyTheLeaseIsReturned("ada");
    }
}
