package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.nylas.Answer;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.Scope;
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

    private final Workshop shop = new Workshop(Engine.H2);
    private final Handovers handovers = new Handovers(shop);

    private void connects(String name) {
        shop.connects(new Answer.Done<>(Workshop.grant("grant-of-" + name, name), "request-1"));
    }

    private void second(String key) {
        shop.options.with("nylas-connection/second/api-key", key);
        shop.keycloak.provider(Workshop.REALM, "azure", Map.of("connection", "second"));
    }

    @Test
    void aKeyThatIsRefusedWhenTheApplicationIsAskedForBlocksOnlyItself() {
        second("second-key");
        shop.answersApplication("server-key", Handovers.failed(FailureKind.ADMINISTRATOR, Scope.CONNECTION, null));
        shop.application("second-key", "application-2");
        shop.waiting("ada", "token");
        shop.handOver();

        handovers.waiting(new Mailbox(Workshop.REALM, "azure", "eve"));
        connects("eve");
        assertThat(shop.handOver()).isTrue();

        verify(shop.nylas, times(1)).connect(argThat(key -> key.value().equals("second-key")), any(), any());
        verify(shop.nylas, times(1)).connect(any(), any(), any());
        assertThat(shop.parts.leases.next()).isEmpty();
    }

    @Test
    void aKeyThatIsRefusedDoesNotStopAnotherKeyOfTheSameApplication() {
        second("second-key");
        shop.application("second-key", Workshop.APPLICATION);
        shop.connects(Handovers.failed(FailureKind.ADMINISTRATOR, Scope.CONNECTION, null));
        shop.waiting("ada", "token");
        shop.handOver();

        handovers.waiting(new Mailbox(Workshop.REALM, "azure", "eve"));
        connects("eve");

        assertThat(shop.handOver()).isTrue();
        verify(shop.nylas, times(1)).connect(argThat(key -> key.value().equals("second-key")), any(), any());
    }

    @Test
    void aRefusedKeyStopsTheOtherRowsUntilTheBreakerPermitsATrial() {
        shop.person("eve");
        shop.connects(Handovers.failed(FailureKind.ADMINISTRATOR, Scope.CONNECTION, null));
        shop.waiting("ada", "token");
        shop.handOver();
        shop.waiting("eve", "token");

        assertThat(shop.parts.leases.next()).isEmpty();
        assertThat(shop.read("ada", GrantEntity::attempts)).isZero();
        assertThat(handovers.wait("ada")).contains(Duration.ZERO);
        verify(shop.advice).warn("realm-name", "microsoft", "What to do next.");
        shop.clock.forward(Duration.ofMinutes(1));
        assertThat(shop.handOver()).isTrue();
        assertThat(shop.parts.leases.next()).isEmpty();
    }

    @Test
    void aCorrectedKeyIsTriedWithinAMinuteHoweverLongTheOldOneWaits() {
        shop.connects(Handovers.failed(FailureKind.ADMINISTRATOR, Scope.CONNECTION, null));
        shop.waiting("ada", "token");
        for (int minute = 0; minute < 60; minute++) {
            shop.handOver();
            shop.clock.forward(Duration.ofMinutes(1));
        }
        shop.handOver();

        shop.options.with(API_KEY, "new-key");
        shop.application("new-key", Workshop.APPLICATION);
        connects("ada");
        shop.clock.forward(Duration.ofMinutes(1));

        assertThat(shop.handOver()).isTrue();
        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void aMapperThatMovesOffARefusedConnectionIsNoticedWithinAMinute() {
        second("second-key");
        shop.application("second-key", "application-2");
        shop.connects(Handovers.failed(FailureKind.ADMINISTRATOR, Scope.CONNECTION, null));
        shop.waiting("ada", "token");
        for (int minute = 0; minute < 60; minute++) {
            shop.handOver();
            shop.clock.forward(Duration.ofMinutes(1));
        }
        shop.handOver();

        shop.keycloak.provider(Workshop.REALM, Workshop.ALIAS, Map.of("connection", "second"));
        connects("ada");
        shop.clock.forward(Duration.ofMinutes(1));

        assertThat(shop.handOver()).isTrue();
        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
    }
}
