package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import org.junit.jupiter.api.Test;

/** The life of a grant, from the sign-in to the deletion. */
@OnEveryDatabase
class MainPathTest {

    private final DeliveryFixture fixture;

    MainPathTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
    }

    @Test
    void aSignInEndsInAGrantThatIsShown() {
        fixture.connected("ada", "grant-1");

        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        assertThat(fixture.shown("ada")).contains("grant-1");
    }

    @Test
    void anUnlinkedGrantIsDeletedAfterTheGrace() {
        fixture.connected("ada", "grant-1");

        fixture.unlinked("ada");
        fixture.parts.evidence.process();
        fixture.parts.attributes.writeDue();

        assertThat(fixture.shown("ada")).isEmpty();
        assertThat(fixture.exists("ada")).isFalse();
        fixture.delete();
        verify(fixture.nylas, never()).deleteGrant(any(), any(), any());
        fixture.clock.forward(DeliveryFixture.GRACE);
        assertThat(fixture.delete()).isTrue();
        verify(fixture.nylas).deleteGrant(any(), eq("grant-1"), any());
        assertThat(fixture.deletion("grant-1", DeletionEntity::isDone)).contains(true);
    }

    @Test
    void aSignInWithinTheGraceKeepsTheGrant() {
        fixture.connected("ada", "grant-1");
        fixture.unlinked("ada");
        fixture.parts.evidence.process();

        fixture.clock.forward(DeliveryFixture.GRACE.dividedBy(2));
        fixture.link("ada", "ada");
        fixture.connected("ada", "grant-1");

        fixture.clock.forward(DeliveryFixture.GRACE);
        assertThat(fixture.delete()).isFalse();
        assertThat(fixture.shown("ada")).contains("grant-1");
    }

    @Test
    void anAnswerForADeletedGrantIsNotRecorded() {
        fixture.connected("ada", "grant-1");
        fixture.unlinked("ada");
        fixture.parts.evidence.process();
        fixture.clock.forward(DeliveryFixture.GRACE);
        fixture.delete();

        fixture.link("ada", "ada");
        fixture.waiting("ada", "token-2");
        fixture.connects(new CallResult.Done<>(DeliveryFixture.grant("grant-1", "ada"), "request-1"));
        fixture.handOver();

        assertThat(fixture.state("ada")).contains(GrantState.ABSENT);
        fixture.clock.forward(DeliveryFixture.LEASE);
        fixture.connects(new CallResult.Done<>(DeliveryFixture.grant("grant-2", "ada"), "request-1"));
        fixture.handOver();
        fixture.parts.attributes.writeDue();
        assertThat(fixture.shown("ada")).contains("grant-2");
    }
}
