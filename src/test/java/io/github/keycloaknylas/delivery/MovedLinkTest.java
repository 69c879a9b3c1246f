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

    private final Workshop shop;

    MovedLinkTest(Engine engine) {
        shop = new Workshop(engine);
    }

    @BeforeEach
    void anAdministratorLinksAdasAccountToAnotherUser() {
        shop.connected("ada", "grant-1");
        shop.unlink("ada");
        shop.keycloak.user(Workshop.REALM, "ada-2");
        shop.link("ada-2", "ada");
    }

    private void sweep() {
        shop.parts.sweep.step();
        shop.clock.forward(Workshop.SETTINGS.lookInterval());
        shop.parts.attributes.writeDue();
    }

    private void verifyNothingDeleted() {
        verify(shop.nylas, never()).deleteGrant(any(), any(), any());
    }

    @Test
    void neitherUserIsShownTheGrant() {
        sweep();

        assertThat(shop.exists("ada")).isFalse();
        assertThat(shop.shown("ada")).isEmpty();
        assertThat(shop.shown("ada-2")).isEmpty();
    }

    @Test
    void theGrantIsDeletedOnlyOnceTheAccountIsLinkedToNoUser() {
        sweep();

        shop.clock.forward(Workshop.GRACE);
        shop.delete();
        verifyNothingDeleted();

        shop.unlink("ada-2");
        shop.clock.forward(Duration.ofHours(1));
        shop.delete();
        verify(shop.nylas).deleteGrant(any(), eq("grant-1"), any());
    }

    @Test
    void theNewUserGetsTheGrantAtTheNextSignIn() {
        sweep();

        shop.clock.forward(Workshop.GRACE);
        shop.connected(Workshop.mailbox("ada"), "ada-2", "grant-1");

        assertThat(shop.read("ada", GrantEntity::userId)).isEqualTo("ada-2");
        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
        assertThat(shop.shown("ada-2")).contains("grant-1");
        shop.delete();
        verifyNothingDeleted();
    }

    @Test
    void aSignInOfTheNewUserBeforeTheSweepMovesTheGrantToo() {
        shop.clock.forward(Duration.ofSeconds(1));
        shop.connected(Workshop.mailbox("ada"), "ada-2", "grant-1");

        assertThat(shop.shown("ada")).isEmpty();
        assertThat(shop.shown("ada-2")).contains("grant-1");
        assertThat(shop.deletion("grant-1", deletion -> true)).isEmpty();
    }

    @Test
    void aSubjectThatDiffersByCaseAloneIsAnotherAccount() {
        shop.unlink("ada-2");
        shop.link("ada-2", "ADA");

        sweep();

        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
        assertThat(shop.read("ada", GrantEntity::linkGoneAt)).isPresent();
        assertThat(shop.deletion("grant-1", deletion -> true)).isEmpty();
    }
}
