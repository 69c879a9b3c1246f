package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.HistorySource;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.FailureReach;
import io.github.keycloaknylas.nylas.NylasGrant;
import io.github.keycloaknylas.support.store.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** After an outage, the first answer of Nylas closes the circuit breaker, whatever was asked. */
class RecoveredConnectionTest extends ReconciliationTestBase {

    private static final CallResult<NylasGrant> FAILED = Handovers.failed(FailureKind.TEMPORARY, null, null);

    RecoveredConnectionTest() {
        super(Engine.H2);
    }

    /** What Nylas answers first. */
    enum Answer {
        HANDOVER,
        DELETION,
        LOOK,
        LOOK_AT_A_BLOCKED_GRANT,
        LIST
    }

    @ParameterizedTest
    @EnumSource
    void theFirstAnswerClosesTheBreaker(Answer answer) throws InterruptedException {
        aGrantWaitsForItsDeletion();
        anOutageOpensTheBreaker();
        fixture.clock.forward(DeliveryFixture.GRACE);

        receive(answer);

        assertThat(handOver("eve", FAILED)).isTrue();
        assertThat(fixture.parts.openBreakers()).isEmpty();
    }

    @Test
    void aFailureInPlaceOfAnAnswerOpensItAgain() {
        anOutageOpensTheBreaker();
        fixture.clock.forward(DeliveryFixture.GRACE);

        assertThat(handOver("eve", FAILED)).isTrue();

        assertThat(fixture.parts.openBreakers()).hasSize(1);
    }

    private void receive(Answer answer) throws InterruptedException {
        switch (answer) {
            case HANDOVER ->
                handOver("bob", new CallResult.Done<>(DeliveryFixture.grant("grant-of-bob", "bob"), "request-1"));
            case DELETION -> fixture.delete();
            case LOOK -> look();
            case LOOK_AT_A_BLOCKED_GRANT -> {
                fixture.reports("grant-of-ada", Handovers.failed(FailureKind.ADMINISTRATOR, FailureReach.ROW, null));
                look();
            }
            case LIST -> reconciliation.run();
        }
    }

    private void look() throws InterruptedException {
        LookResult result = fixture.parts
                .look(HistorySource.NYLAS)
                .look("https://api.us.nylas.com", DeliveryFixture.APPLICATION, "grant-of-ada");
        assertThat(result).isEqualTo(LookResult.RECORDED);
    }

    private void aGrantWaitsForItsDeletion() {
        connected("cleo");
        fixture.unlinked("cleo");
        fixture.parts.evidence.process();
    }

    private void anOutageOpensTheBreaker() {
        people(5).forEach(name -> handOver(name, FAILED));
        assertThat(fixture.parts.openBreakers()).hasSize(1);
    }

    private boolean handOver(String name, CallResult<NylasGrant> answer) {
        fixture.person(name);
        fixture.connects(answer);
        fixture.waiting(name, "token-of-" + name);
        return fixture.handOver();
    }
}
