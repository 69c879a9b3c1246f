package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.MailboxCounts;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A link that is missing without evidence deletes nothing: it is counted and logged. */
@OnEveryDatabase
class LinkSweepTest {

    private final DeliveryFixture fixture;

    LinkSweepTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
    }

    @BeforeEach
    void adaHasAGrant() {
        fixture.connected("ada", "grant-1");
    }

    private void sweep() {
        fixture.parts.sweep.step();
        fixture.clock.forward(DeliveryFixture.SETTINGS.lookInterval());
        fixture.parts.attributes.writeDue();
    }

    private long gone() {
        return fixture.transactions.call(session -> MailboxCounts.of(session).countLinksGone());
    }

    private boolean isQueued() {
        return fixture.deletion("grant-1", deletion -> true).isPresent();
    }

    private void assertMissingAndKept(String realm) {
        assertThat(gone()).isEqualTo(1);
        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        assertThat(isQueued()).isFalse();
        verify(fixture.warnings).warn(eq(realm), eq(DeliveryFixture.ALIAS), contains("no longer linked"));
    }

    private void assertUntouched() {
        assertThat(gone()).isZero();
        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        assertThat(fixture.shown("ada")).contains("grant-1");
        assertThat(isQueued()).isFalse();
        verify(fixture.warnings, never()).warn(any(), any(), any());
    }

    @Test
    void linksThatStandAreLeftAlone() {
        fixture.person("eve");
        fixture.waiting("eve", "token");

        sweep();

        assertUntouched();
        assertThat(fixture.read("eve", GrantEntity::waitingToken)).isPresent();
    }

    @Test
    void aLinkThatIsGoneWithoutEvidenceDeletesNothing() {
        fixture.unlink("ada");

        sweep();

        assertMissingAndKept("realm-name");
        assertThat(fixture.shown("ada")).contains("grant-1");
    }

    @Test
    void aUserWhoIsGoneWithoutEvidenceLosesNoGrant() {
        fixture.keycloak.removeUser(DeliveryFixture.REALM, "ada");

        sweep();

        assertMissingAndKept("realm-name");
    }

    @Test
    void aProviderThatIsGoneWithItsLinksDeletesNothing() {
        fixture.unlink("ada");
        fixture.keycloak.removeProvider(DeliveryFixture.REALM, DeliveryFixture.ALIAS);

        sweep();

        assertMissingAndKept("realm-name");
    }

    @Test
    void aProviderThatIsGoneWhileItsLinksStayIsReportedToo() {
        fixture.keycloak.removeProvider(DeliveryFixture.REALM, DeliveryFixture.ALIAS);

        sweep();

        assertMissingAndKept("realm-name");
    }

    @Test
    void aRealmThatIsGoneDeletesNothing() {
        fixture.keycloak.removeRealm(DeliveryFixture.REALM);

        sweep();

        assertMissingAndKept(DeliveryFixture.REALM);
    }

    @Test
    void theTimeSinceWhenALinkIsMissingIsThatOfTheFirstLook() {
        fixture.unlink("ada");
        long first = fixture.now();
        sweep();

        sweep();

        assertThat(fixture.read("ada", GrantEntity::linkGoneAt)).contains(first);
    }

    @Test
    void aLinkThatIsThereAgainIsNoLongerCounted() {
        fixture.unlink("ada");
        fixture.keycloak.removeProvider(DeliveryFixture.REALM, DeliveryFixture.ALIAS);
        sweep();

        fixture.keycloak.provider(DeliveryFixture.REALM, DeliveryFixture.ALIAS, Map.of());
        fixture.link("ada", "ada");
        sweep();

        assertThat(gone()).isZero();
        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void aStorageThatCannotBeReadProvesNothing() {
        fixture.unlink("ada");
        fixture.keycloak.foreignUserStorage();

        sweep();

        assertUntouched();
    }

    @Test
    void aUserStoreThatIsDownIsNotNeeded() {
        fixture.unlink("ada");
        fixture.keycloak.failUserStore(new IllegalStateException("The directory does not answer"));

        sweep();

        assertMissingAndKept("realm-name");
    }

    @Test
    void aMailboxThatIsBeingHandedOverIsLookedAtLater() {
        fixture.signedIn("ada", "token-2", fixture.now() + 1);
        fixture.parts.merger.merge();
        fixture.parts.leases.next().orElseThrow();
        fixture.unlink("ada");

        fixture.parts.sweep.step();

        assertUntouched();
    }
}
