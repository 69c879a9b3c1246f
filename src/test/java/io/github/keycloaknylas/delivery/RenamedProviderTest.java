package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.EvidenceEntity;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A renamed provider takes its mailboxes along: Keycloak removes each link and creates it under the new alias. */
@OnEveryDatabase
class RenamedProviderTest {

    private static final String NEW = "entra";

    private final DeliveryFixture fixture;

    RenamedProviderTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
    }

    private static Mailbox renamed(String name) {
        return new Mailbox(DeliveryFixture.REALM, NEW, name);
    }

    private void renameProvider(String... names) {
        fixture.keycloak.removeProvider(DeliveryFixture.REALM, DeliveryFixture.ALIAS);
        fixture.keycloak.provider(DeliveryFixture.REALM, NEW, Map.of());
        for (String name : names) {
            fixture.unlink(name);
            fixture.keycloak.link(DeliveryFixture.REALM, name, NEW, name);
            fixture.evidence(EvidenceEntity.linkRenamed(DeliveryFixture.mailbox(name), name, NEW, fixture.now()));
        }
    }

    private void process() {
        fixture.parts.evidence.process();
        fixture.parts.attributes.writeDue();
    }

    private String grantOf(Mailbox mailbox) {
        return fixture.read(mailbox, GrantEntity::ownGrant)
                .map(ConnectedGrant::grantId)
                .orElseThrow();
    }

    @Test
    void theGrantStaysAndIsShown() {
        fixture.connected("ada", "grant-1");
        renameProvider("ada");

        process();

        assertThat(fixture.exists("ada")).isFalse();
        assertThat(grantOf(renamed("ada"))).isEqualTo("grant-1");
        assertThat(fixture.shown("ada")).contains("grant-1");
        assertThat(fixture.deletion("grant-1", deletion -> true)).isEmpty();
        assertThat(Rows.evidence(fixture)).isZero();
    }

    @Test
    void oneHundredMailboxesMoveAtOnce() {
        String[] names = IntStream.range(0, 100).mapToObj(i -> "person-" + i).toArray(String[]::new);
        Mailboxes.connected(fixture, names);
        renameProvider(names);

        process();

        for (String name : names) {
            assertThat(grantOf(renamed(name))).isEqualTo("grant-of-" + name);
        }
        fixture.clock.forward(DeliveryFixture.GRACE);
        assertThat(fixture.delete()).isFalse();
    }

    @Test
    void aTokenThatWaitsIsHandedOverUnderTheNewAlias() {
        fixture.waiting("ada", "token-of-ada");
        renameProvider("ada");

        process();

        fixture.connects(new CallResult.Done<>(DeliveryFixture.grant("grant-1", "ada"), "request-1"));
        assertThat(fixture.handOver()).isTrue();
        verify(fixture.nylas).connect(any(), argThat(call -> call.refreshToken().equals("token-of-ada")), any());
        assertThat(grantOf(renamed("ada"))).isEqualTo("grant-1");
    }

    @Test
    void whereTheUserHasSignedInUnderTheNewAliasThatMailboxKeepsTheGrant() {
        fixture.connected("ada", "grant-1");
        renameProvider("ada");
        fixture.connected(renamed("ada"), "ada", "grant-1");
        assertThat(fixture.read(renamed("ada"), GrantEntity::state)).contains(GrantState.CONNECTED);

        process();

        assertThat(fixture.exists("ada")).isFalse();
        assertThat(fixture.shown("ada")).contains("grant-1");
        fixture.clock.forward(DeliveryFixture.GRACE);
        fixture.delete();
        verify(fixture.nylas, never()).deleteGrant(any(), any(), any());
        assertThat(grantOf(renamed("ada"))).isEqualTo("grant-1");
    }

    @Test
    void whereTheUserGotAnotherGrantUnderTheNewAliasTheFirstOneIsDeleted() {
        fixture.connected("ada", "grant-1");
        renameProvider("ada");
        fixture.connected(renamed("ada"), "ada", "grant-2");

        process();

        assertThat(fixture.shown("ada")).contains("grant-2");
        assertThat(fixture.deletion("grant-1", deletion -> true)).isPresent();
        assertThat(fixture.deletion("grant-2", deletion -> true)).isEmpty();
        assertThat(Rows.evidence(fixture)).isZero();
    }

    @Test
    void whereTheFirstMailboxIsBeingHandedOverItEndsAfterTheCall() throws InterruptedException {
        PreparedHandover call = new Handovers(fixture).prepared("ada");
        renameProvider("ada");
        fixture.connected(renamed("ada"), "ada", "grant-2");

        process();
        assertThat(fixture.exists("ada")).isTrue();
        assertThat(Rows.evidence(fixture)).isEqualTo(1);

        fixture.connects(new CallResult.Done<>(DeliveryFixture.grant("grant-1", "ada"), "request-1"));
        fixture.parts.handovers.make(call);
        process();
        assertThat(fixture.exists("ada")).isFalse();
        assertThat(fixture.deletion("grant-1", deletion -> true)).isPresent();
        assertThat(Rows.evidence(fixture)).isZero();
    }

    @Test
    void whereANewerVersionKeepsTheNewAliasTheEvidenceWaitsForIt() {
        fixture.waiting("ada", "token");
        fixture.keycloak.provider(DeliveryFixture.REALM, NEW, Map.of());
        fixture.keycloak.link(DeliveryFixture.REALM, "ada", NEW, "ada");
        fixture.signedIn(renamed("ada"), DeliveryFixture.identity("ada"), "token", fixture.now(), "ada");
        fixture.parts.merger.merge();
        Rows.sql(
                fixture,
                em -> em.createQuery("update GrantEntity g set g.state = 'OF_A_NEWER_VERSION' where g.id = :id")
                        .setParameter("id", fixture.read(renamed("ada"), GrantEntity::id))
                        .executeUpdate());
        renameProvider("ada");

        process();

        assertThat(fixture.exists("ada")).isTrue();
        assertThat(Rows.evidence(fixture)).isEqualTo(1);
    }
}
