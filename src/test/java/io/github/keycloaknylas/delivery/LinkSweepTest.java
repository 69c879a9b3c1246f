package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A link that is missing without evidence deletes nothing: it is counted and logged. */
@OnEveryDatabase
class LinkSweepTest {

    private final Workshop shop;

    LinkSweepTest(Engine engine) {
        shop = new Workshop(engine);
    }

    @BeforeEach
    void adaHasAGrant() {
        shop.connected("ada", "grant-1");
    }

    private void sweep() {
        shop.parts.sweep.step();
        shop.clock.forward(Workshop.SETTINGS.lookInterval());
        shop.parts.attributes.writeDue();
    }

    private long gone() {
        return shop.jobs.call(session -> Ledger.of(session).countLinksGone());
    }

    private boolean isQueued() {
        return shop.deletion("grant-1", deletion -> true).isPresent();
    }

    private void assertMissingAndKept(String realm) {
        assertThat(gone()).isEqualTo(1);
        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
        assertThat(isQueued()).isFalse();
        verify(shop.advice).warn(eq(realm), eq(Workshop.ALIAS), contains("no longer linked"));
    }

    private void assertUntouched() {
        assertThat(gone()).isZero();
        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
        assertThat(shop.shown("ada")).contains("grant-1");
        assertThat(isQueued()).isFalse();
        verify(shop.advice, never()).warn(any(), any(), any());
    }

    @Test
    void linksThatStandAreLeftAlone() {
        shop.person("eve");
        shop.waiting("eve", "token");

        sweep();

        assertUntouched();
        assertThat(shop.read("eve", GrantEntity::waitingToken)).isPresent();
    }

    @Test
    void aLinkThatIsGoneWithoutEvidenceDeletesNothing() {
        shop.unlink("ada");

        sweep();

        assertMissingAndKept("realm-name");
        assertThat(shop.shown("ada")).contains("grant-1");
    }

    @Test
    void aUserWhoIsGoneWithoutEvidenceLosesNoGrant() {
        shop.keycloak.removeUser(Workshop.REALM, "ada");

        sweep();

        assertMissingAndKept("realm-name");
    }

    @Test
    void aProviderThatIsGoneWithItsLinksDeletesNothing() {
        shop.unlink("ada");
        shop.keycloak.removeProvider(Workshop.REALM, Workshop.ALIAS);

        sweep();

        assertMissingAndKept("realm-name");
    }

    @Test
    void aProviderThatIsGoneWhileItsLinksStayIsReportedToo() {
        shop.keycloak.removeProvider(Workshop.REALM, Workshop.ALIAS);

        sweep();

        assertMissingAndKept("realm-name");
    }

    @Test
    void aRealmThatIsGoneDeletesNothing() {
        shop.keycloak.removeRealm(Workshop.REALM);

        sweep();

        assertMissingAndKept(Workshop.REALM);
    }

    @Test
    void theTimeSinceWhenALinkIsMissingIsThatOfTheFirstLook() {
        shop.unlink("ada");
        long first = shop.now();
        sweep();

        sweep();

        assertThat(shop.read("ada", GrantEntity::linkGoneAt)).contains(first);
    }

    @Test
    void aLinkThatIsThereAgainIsNoLongerCounted() {
        shop.unlink("ada");
        shop.keycloak.removeProvider(Workshop.REALM, Workshop.ALIAS);
        sweep();

        shop.keycloak.provider(Workshop.REALM, Workshop.ALIAS, Map.of());
        shop.link("ada", "ada");
        sweep();

        assertThat(gone()).isZero();
        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void aStorageThatCannotBeReadProvesNothing() {
        shop.unlink("ada");
        shop.keycloak.foreignUserStorage();

        sweep();

        assertUntouched();
    }

    @Test
    void aUserStoreThatIsDownIsNotNeeded() {
        shop.unlink("ada");
        shop.keycloak.failUserStore(new IllegalStateException("The directory does not answer"));

        sweep();

        assertMissingAndKept("realm-name");
    }

    @Test
    void aMailboxThatIsBeingHandedOverIsLookedAtLater() {
        shop.signedIn("ada", "token-2", shop.now() + 1);
        shop.parts.merger.merge();
        shop.parts.leases.next().orElseThrow();
        shop.unlink("ada");

        shop.parts.sweep.step();

        assertUntouched();
    }
}
