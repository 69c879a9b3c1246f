package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.FailureReach;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.FreshOptions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A refused API key stops the rows that need it, for as long as it is the key that is configured, and no others. */
@ExtendWith(FreshOptions.class)
class RefusedKeyTest {

    private static final String API_KEY = "nylas-connection/default/api-key";

    private final DeliveryFixture fixture = new DeliveryFixture(Engine.H2);
    private final Handovers handovers = new Handovers(fixture);

    private void connects(String name) {
        fixture.connects(new CallResult.Done<>(DeliveryFixture.grant("grant-of-" + name, name), "request-1"));
    }

    private void second(String key) {
        fixture.options.with("nylas-connection/second/api-key", key);
        fixture.keycloak.provider(DeliveryFixture.REALM, "azure", Map.of("connection", "second"));
    }

    @Test
    void aKeyThatIsRefusedWhenTheApplicationIsAskedForBlocksOnlyItself() {
        second("second-key");
        fixture.answersApplication(
                "server-key", Handovers.failed(FailureKind.ADMINISTRATOR, FailureReach.CONNECTION, null));
        fixture.application("second-key", "application-2");
        fixture.waiting("ada", "token");
        fixture.handOver();

        handovers.waiting(new Mailbox(DeliveryFixture.REALM, "azure", "eve"));
        connects("eve");
        assertThat(fixture.handOver()).isTrue();

        verify(fixture.nylas, times(1)).connect(argThat(key -> key.value().equals("second-key")), any(), any());
        verify(fixture.nylas, times(1)).connect(any(), any(), any());
        assertThat(fixture.parts.leases.next()).isEmpty();
    }

    @Test
    void aKeyThatIsRefusedDoesNotStopAnotherKeyOfTheSameApplication() {
        second("second-key");
        fixture.application("second-key", DeliveryFixture.APPLICATION);
        fixture.connects(Handovers.failed(FailureKind.ADMINISTRATOR, FailureReach.CONNECTION, null));
        fixture.waiting("ada", "token");
        fixture.handOver();

        handovers.waiting(new Mailbox(DeliveryFixture.REALM, "azure", "eve"));
        connects("eve");

        assertThat(fixture.handOver()).isTrue();
        verify(fixture.nylas, times(1)).connect(argThat(key -> key.value().equals("second-key")), any(), any());
    }

    @Test
    void aRefusedKeyStopsTheOtherRowsUntilTheBreakerPermitsATrial() {
        fixture.person("eve");
        fixture.connects(Handovers.failed(FailureKind.ADMINISTRATOR, FailureReach.CONNECTION, null));
        fixture.waiting("ada", "token");
        fixture.handOver();
        fixture.waiting("eve", "token");

        assertThat(fixture.parts.leases.next()).isEmpty();
        assertThat(fixture.read("ada", GrantEntity::attempts)).isZero();
        assertThat(handovers.wait("ada")).contains(Duration.ZERO);
        verify(fixture.warnings).warn("realm-name", "microsoft", "What to do next.");
        fixture.clock.forward(Duration.ofMinutes(1));
        assertThat(fixture.handOver()).isTrue();
        assertThat(fixture.parts.leases.next()).isEmpty();
    }

    @Test
    void aCorrectedKeyIsTriedWithinAMinuteHoweverLongTheOldOneWaits() {
        fixture.connects(Handovers.failed(FailureKind.ADMINISTRATOR, FailureReach.CONNECTION, null));
        fixture.waiting("ada", "token");
        for (int minute = 0; minute < 60; minute++) {
            fixture.handOver();
            fixture.clock.forward(Duration.ofMinutes(1));
        }
        fixture.handOver();

        fixture.options.with(API_KEY, "new-key");
        fixture.application("new-key", DeliveryFixture.APPLICATION);
        connects("ada");
        fixture.clock.forward(Duration.ofMinutes(1));

        assertThat(fixture.handOver()).isTrue();
        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void aMapperThatMovesOffARefusedConnectionIsNoticedWithinAMinute() {
        second("second-key");
        fixture.application("second-key", "application-2");
        fixture.connects(Handovers.failed(FailureKind.ADMINISTRATOR, FailureReach.CONNECTION, null));
        fixture.waiting("ada", "token");
        for (int minute = 0; minute < 60; minute++) {
            fixture.handOver();
            fixture.clock.forward(Duration.ofMinutes(1));
        }
        fixture.handOver();

        fixture.keycloak.provider(DeliveryFixture.REALM, DeliveryFixture.ALIAS, Map.of("connection", "second"));
        connects("ada");
        fixture.clock.forward(Duration.ofMinutes(1));

        assertThat(fixture.handOver()).isTrue();
        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
    }
}
