package io.github.keycloaknylas.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RefusedConnectionTest extends BreakerTestBase {

    enum Reach {
        CONNECTION,
        CREDENTIAL
    }

    private void refused(Reach reach) {
        try (CallPermit permit = permit()) {
            if (reach == Reach.CONNECTION) {
                permit.refusedConnection();
            } else {
                permit.refusedCredential();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Reach.class)
    void opensAtOnceAndForLongerEachTime(Reach reach) {
        refused(reach);
        assertThat(secondsUntilHalfOpen()).isEqualTo(60);
        refused(reach);
        assertThat(secondsUntilHalfOpen()).isEqualTo(300);
        refused(reach);
        assertThat(secondsUntilHalfOpen()).isEqualTo(900);
    }

    @ParameterizedTest
    @EnumSource(Reach.class)
    void otherSettingsAreTriedAtOnceAndTheOldOnesStayRefused(Reach reach) {
        refused(reach);

        assertThat(breakers.permit(OWN, "key 2")).isPresent();
        assertThat(breakers.permit(OWN, "key 2")).isPresent();
        assertThat(mayCall()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Reach.class)
    void anotherConnectionOfTheSameApplicationThatSucceedsDoesNotCloseIt(Reach reach) {
        refused(reach);

        breakers.permit(OWN, "key of another connection").orElseThrow().succeeded();

        assertThat(mayCall()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Reach.class)
    void anotherApplicationAtTheSameUrlIsNotAffected(Reach reach) {
        refused(reach);

        assertThat(breakers.mayCall(OTHER_APPLICATION, VERSION)).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Reach.class)
    void theTrialAfterwardsIsOneCall(Reach reach) {
        refused(reach);
        clock.forward(Duration.ofMinutes(1));

        CallPermit trial = permit();
        assertThat(breakers.permit(OWN, VERSION)).isEmpty();
        trial.succeeded();

        assertThat(mayCall()).isTrue();
    }

    @Test
    void aRefusedKeyConcernsAllCredentialsAndARefusedCredentialOnlyItself() {
        permit().refusedCredential();
        assertThat(breakers.mayCall(OTHER_CREDENTIAL, VERSION)).isTrue();

        breakers.permit(OTHER_CREDENTIAL, VERSION).orElseThrow().refusedConnection();

        assertThat(breakers.mayCall(OTHER_CREDENTIAL, VERSION)).isFalse();
    }
}
