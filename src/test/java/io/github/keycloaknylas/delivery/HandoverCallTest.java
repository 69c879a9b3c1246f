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
import io.github.keycloaknylas.nylas.Answer;
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

    private final Workshop shop = new Workshop(Engine.H2);
    private final Handovers handovers = new Handovers(shop);

    private void connects(String name) {
        shop.connects(new Answer.Done<>(Workshop.grant("grant-of-" + name, name), "request-1"));
    }

    private void verifyCalls(int calls) {
        verify(shop.nylas, times(calls)).connect(any(), any(), any());
    }

    private void verifyTheLeaseIsReturned(String name) {
        verify(shop.nylas, never()).connect(any(), any(), any());
        assertThat(shop.read(name, GrantEntity::waitingToken)).isPresent();
        assertThat(shop.read(name, GrantEntity::attempts)).isZero();
        assertThat(handovers.isInFlight(name)).isFalse();
        assertThat(handovers.wait(name)).contains(Duration.ZERO);
    }

    @Test
    void theTokenAndTheCredentialAreHandedOverToTheConnection() {
        shop.keycloak.provider(Workshop.REALM, Workshop.ALIAS, Map.of("credentialId", "credential-1"));
        connects("ada");
        shop.waiting("ada", "refresh-token");

        shop.handOver();

        verify(shop.nylas)
                .connect(
                        argThat(key -> key.value().equals("server-key")),
                        argThat(handover -> handover.refreshToken().equals("refresh-token")
                                && handover.credentialId().equals("credential-1")),
                        argThat(provider -> provider.name().equals("microsoft")));
        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
        assertThat(shop.read("ada", GrantEntity::grant)
                        .orElseThrow()
                        .connection()
                        .application())
                .isEqualTo(Workshop.APPLICATION);
    }

    @Test
    void theApplicationIsLearnedOnce() {
        shop.person("eve");
        shop.connected("ada", "grant-1");
        shop.connected("eve", "grant-2");

        verify(shop.nylas, times(1)).application(any());
        verifyCalls(2);
    }

    @Test
    void nothingIsHandedOverWhileNylasDoesNotTellTheApplication() {
        shop.answersApplication("server-key", Handovers.failed(FailureKind.TEMPORARY, null, null));
        shop.waiting("ada", "token");

        shop.handOver();

        verifyCalls(0);
        assertThat(shop.read("ada", GrantEntity::waitingToken)).isPresent();
        assertThat(handovers.wait("ada")).contains(Duration.ofSeconds(1));
        shop.application("server-key", Workshop.APPLICATION);
        connects("ada");
        shop.clock.forward(Duration.ofSeconds(10));
        shop.handOver();
        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void aKeyOfAnotherApplicationThanTheOptionNamesHandsNothingOver() {
        shop.options.with("nylas-connection/default/application-id", "application-2");
        shop.waiting("ada", "token");

        shop.handOver();

        verifyCalls(0);
        assertThat(shop.read("ada", GrantEntity::waitingToken)).isPresent();
        assertThat(shop.read("ada", GrantEntity::attempts)).isZero();
        verify(shop.advice)
                .warn(
                        eq("realm-name"),
                        eq("microsoft"),
                        contains("belongs to application application-1, but application-id names application-2"));
    }

    @Test
    void retryAfterIsObeyedForTheWholeConnection() {
        shop.person("eve");
        shop.connects(Handovers.failed(FailureKind.TEMPORARY, null, Duration.ofSeconds(40)));
        shop.waiting("ada", "token");
        shop.handOver();
        shop.waiting("eve", "token");

        shop.clock.forward(Duration.ofSeconds(40).minusMillis(1));
        assertThat(shop.parts.leases.next()).isEmpty();
        shop.clock.forward(Duration.ofMillis(1));

        assertThat(shop.handOver()).isTrue();
    }

    @Test
    void oneMailboxThatAlwaysTimesOutStopsNoOther() {
        shop.person("eve");
        shop.connects(Handovers.failed(FailureKind.TEMPORARY, null, null));
        shop.waiting("ada", "token");
        for (int attempt = 0; attempt < 12; attempt++) {
            assertThat(shop.handOver()).isTrue();
            shop.clock.forward(handovers.wait("ada").orElseThrow());
        }
        shop.handOver();

        connects("eve");
        shop.waiting("eve", "token");

        assertThat(shop.handOver()).isTrue();
        assertThat(shop.state("eve")).contains(GrantState.CONNECTED);
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
                shop.clock, shop.backoff, Duration.ofMinutes(1), Workshop.LEASE, Duration.ofMinutes(1));
        ConcurrencyLimiter calls = new ConcurrencyLimiter(1);
        RateLimiters rate = Workshop.unlimited();
        switch (limit) {
            case CONCURRENCY -> calls.tryEnter(handover.connection().settings()).orElseThrow();
            case BREAKER ->
                breakers.pause(
                        new ConnectionKey(handover.connection().settings().apiUrl(), Workshop.APPLICATION),
                        Duration.ofMinutes(1));
            case SHUTDOWN -> rate.stop();
        }

        new HandoverCall(
                        shop.nylas,
                        new Applications(shop.nylas::application, shop.clock),
                        new CallLimits(breakers, calls, rate),
                        new Lanes(
                                new CallLimits(breakers, calls, Workshop.unlimited()),
                                shop.clock,
                                Duration.ofMinutes(1)),
                        shop.parts.leases,
                        mock(HandoverResult.class))
                .make(handover);

        verifyTheLeaseIsReturned("ada");
    }
}
