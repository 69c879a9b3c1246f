package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.ledger.Departures;
import io.github.keycloaknylas.ledger.LastFailure;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Where nobody knows whether Nylas has a grant, an administrator is told to look. */
@OnEveryDatabase
class UnknownGrantTest extends LeaverTestBase {

    UnknownGrantTest(Engine engine) {
        super(engine);
    }

    @Test
    void whereTheAnswerToACallWasLostItIsSaidThatNylasMayHaveAGrant() {
        called("bob");
        unlinkedAndOver("bob");

        assertSaid("bob", 1);
        assertThat(shop.exists("bob")).isFalse();
    }

    @Test
    void whereACallFailedForNowItIsSaidThatNylasMayHaveAGrant() {
        new Recorder(shop.jobs, shop.clock).postponed(called("bob"), failure(FailureKind.TEMPORARY), Duration.ZERO);
        unlinkedAndOver("bob");

        assertSaid("bob", 1);
    }

    @Test
    void whereNobodyCalledOrNylasRefusedThereIsNothingToSay() {
        new Recorder(shop.jobs, shop.clock).refused(called("eve"), failure(FailureKind.SIGN_IN_AGAIN));
        shop.person("bob");
        shop.waiting("bob", "token");
        unlinkedAndOver("bob");
        unlinkedAndOver("eve");

        assertSaid("bob", 0);
        assertSaid("eve", 0);
    }

    @Test
    void whereTheGrantIsDeletedThereIsNothingToSay() {
        shop.change("ada", row -> Transitions.postponed(row, LastFailure.of(LastFailure.TEMPORARY, 1), shop.now()));
        shop.keycloak.user(Workshop.REALM, "ada").refuseWrites(true);
        shop.change("ada", row -> Departures.leaving(row, shop.now()));
        afterTheGrace();
        verify(nylas).deleteGrant(any(), any());
        shop.keycloak.user(Workshop.REALM, "ada").refuseWrites(false);
        shop.clock.forward(Duration.ofDays(1));
        new Projections(shop.jobs, shop.backoff, shop.clock).writeDue();

        leaver.deleteDue();

        assertThat(shop.exists("ada")).isFalse();
        assertSaid("ada", 0);
    }

    private Claim called(String person) {
        shop.person(person);
        shop.waiting(person, "token");
        return shop.claims().next().orElseThrow();
    }

    private void unlinkedAndOver(String person) {
        shop.unlink(person);
        new Links(shop.jobs, shop.clock).recheck(Workshop.mailbox(person));
        new Projections(shop.jobs, shop.backoff, shop.clock).writeDue();
        afterTheGrace();
    }

    private void assertSaid(String userId, int times) {
        verify(log, times(times)).warnf(contains("answer to its last handover was lost"), any(), any(), eq(userId));
    }
}
