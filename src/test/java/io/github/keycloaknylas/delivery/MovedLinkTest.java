package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A grant follows a sign-in, never a link that was edited. */
@OnEveryDatabase
class MovedLinkTest {

    private final DeliveryFixture fixture;

    MovedLinkTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
    }

    @BeforeEach
    void anAdministratorLinksAdasAccountToAnotherUser() {
        fixture.connected("ada", "grant-1");
        fixture.unlink("ada");
        fixture.keycloak.user(DeliveryFixture.REALM, "ada-2");
        fixture.link("ada-2", "ada");
    }

    private void sweep() {
        fixture.parts.sweep.step();
        fixture.clock.forward(DeliveryFixture.SETTINGS.lookInterval());
        fixture.parts.attributes.writeDue();
    }

    private void verifyNothingDeleted() {
        verify(fixture.nylas, never()).deleteGrant(any(), any(), any());
    }

    @Test
    void neitherUserIsShownTheGrant() {
        sweep();

        assertThat(fixture.exists("ada")).isFalse();
        assertThat(fixture.shown("ada")).isEmpty();
        assertThat(fixture.shown("ada-2")).isEmpty();
    }

    @Test
    void theGrantIsDeletedOnlyOnceTheAccountIsLinkedToNoUser() {
        sweep();

        fixture.clock.forward(DeliveryFixture.GRACE);
        fixture.delete();
        verifyNothingDeleted();

        fixture.unlink("ada-2");
        fixture.clock.forward(Duration.ofHours(1));
        fixture.delete();
        verify(fixture.nylas).deleteGrant(any(), eq("grant-1"), any());
    }

    @Test
    void theNewUserGetsTheGrantAtTheNextSignIn() {
        sweep();

        fixture.clock.forward(DeliveryFixture.GRACE);
        fixture.connected(DeliveryFixture.mailbox("ada"), "ada-2", "grant-1");

        assertThat(fixture.read("ada", GrantEntity::userId)).isEqualTo("ada-2");
        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        assertThat(fixture.shown("ada-2")).contains("grant-1");
        fixture.delete();
        verifyNothingDeleted();
    }

    @Test
    void aSignInOfTheNewUserBeforeTheSweepMovesTheGrantToo() {
        fixture.clock.forward(Duration.ofSeconds(1));
        fixture.connected(DeliveryFixture.mailbox("ada"), "ada-2", "grant-1");

        assertThat(fixture.shown("ada")).isEmpty();
        assertThat(fixture.shown("ada-2")).contains("grant-1");
        assertThat(fixture.deletion("grant-1", deletion -> true)).isEmpty();
    }

    @Test
    void aSubjectThatDiffersByCaseAloneIsAnotherAccount() {
        fixture.unlink("ada-2");
        fixture.link("ada-2", "ADA");

        sweep();

        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        assertThat(fixture.read("ada", GrantEntity::linkGoneAt)).isPresent();
        assertThat(fixture.deletion("grant-1", deletion -> true)).isEmpty();
    }
}
