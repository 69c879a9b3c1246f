package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.nylas.Answer;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import org.junit.jupiter.api.Test;

/** The life of a grant, from the sign-in to the deletion. */
@OnEveryDatabase
class MainPathTest {

    private final Workshop shop;

    MainPathTest(Engine engine) {
        shop = new Workshop(engine);
    }

    @Test
    void aSignInEndsInAGrantThatIsShown() {
        shop.connected("ada", "grant-1");

        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
        assertThat(shop.shown("ada")).contains("grant-1");
    }

    @Test
    void anUnlinkedGrantIsDeletedAfterTheGrace() {
        shop.connected("ada", "grant-1");

        shop.unlinked("ada");
        shop.parts.evidence.process();
        shop.parts.attributes.writeDue();

        assertThat(shop.shown("ada")).isEmpty();
        assertThat(shop.exists("ada")).isFalse();
        shop.delete();
        verify(shop.nylas, never()).deleteGrant(any(), any(), any());
        shop.clock.forward(Workshop.GRACE);
        assertThat(shop.delete()).isTrue();
        verify(shop.nylas).deleteGrant(any(), eq("grant-1"), any());
        assertThat(shop.deletion("grant-1", DeletionEntity::isDone)).contains(true);
    }

    @Test
    void aSignInWithinTheGraceKeepsTheGrant() {
        shop.connected("ada", "grant-1");
        shop.unlinked("ada");
        shop.parts.evidence.process();

        shop.clock.forward(Workshop.GRACE.dividedBy(2));
        shop.link("ada", "ada");
        shop.connected("ada", "grant-1");

        shop.clock.forward(Workshop.GRACE);
        assertThat(shop.delete()).isFalse();
        assertThat(shop.shown("ada")).contains("grant-1");
    }

    @Test
    void anAnswerForADeletedGrantIsNotRecorded() {
        shop.connected("ada", "grant-1");
        shop.unlinked("ada");
        shop.parts.evidence.process();
        shop.clock.forward(Workshop.GRACE);
        shop.delete();

        shop.link("ada", "ada");
        shop.waiting("ada", "token-2");
        shop.connects(new Answer.Done<>(Workshop.grant("grant-1", "ada"), "request-1"));
        shop.handOver();

        assertThat(shop.state("ada")).contains(GrantState.ABSENT);
        shop.clock.forward(Workshop.LEASE);
        shop.connects(new Answer.Done<>(Workshop.grant("grant-2", "ada"), "request-1"));
        shop.handOver();
        shop.parts.attributes.writeDue();
        assertThat(shop.shown("ada")).contains("grant-2");
    }
}
