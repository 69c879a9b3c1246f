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
import io.github.keycloaknylas.nylas.Answer;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A renamed provider takes its mailboxes along: Keycloak removes each link and creates it under the new alias. */
@OnEveryDatabase
class RenamedProviderTest {

    private static final String NEW = "entra";

    private final Workshop shop;

    RenamedProviderTest(Engine engine) {
        shop = new Workshop(engine);
    }

    private static Mailbox renamed(String name) {
        return new Mailbox(Workshop.REALM, NEW, name);
    }

    private void renameProvider(String... names) {
        shop.keycloak.removeProvider(Workshop.REALM, Workshop.ALIAS);
        shop.keycloak.provider(Workshop.REALM, NEW, Map.of());
        for (String name : names) {
            shop.unlink(name);
            shop.keycloak.link(Workshop.REALM, name, NEW, name);
            shop.evidence(EvidenceEntity.linkRenamed(Workshop.mailbox(name), name, NEW, shop.now()));
        }
    }

    private void process() {
        shop.parts.evidence.process();
        shop.parts.attributes.writeDue();
    }

    private String grantOf(Mailbox mailbox) {
        return shop.read(mailbox, GrantEntity::ownGrant)
                .map(ConnectedGrant::grantId)
                .orElseThrow();
    }

    @Test
    void theGrantStaysAndIsShown() {
        shop.connected("ada", "grant-1");
        renameProvider("ada");

        process();

        assertThat(shop.exists("ada")).isFalse();
        assertThat(grantOf(renamed("ada"))).isEqualTo("grant-1");
        assertThat(shop.shown("ada")).contains("grant-1");
        assertThat(shop.deletion("grant-1", deletion -> true)).isEmpty();
        assertThat(Rows.evidence(shop)).isZero();
    }

    @Test
    void oneHundredMailboxesMoveAtOnce() {
        String[] names = IntStream.range(0, 100).mapToObj(i -> "person-" + i).toArray(String[]::new);
        Mailboxes.connected(shop, names);
        renameProvider(names);

        process();

        for (String name : names) {
            assertThat(grantOf(renamed(name))).isEqualTo("grant-of-" + name);
        }
        shop.clock.forward(Workshop.GRACE);
        assertThat(shop.delete()).isFalse();
    }

    @Test
    void aTokenThatWaitsIsHandedOverUnderTheNewAlias() {
        shop.waiting("ada", "token-of-ada");
        renameProvider("ada");

        process();

        shop.connects(new Answer.Done<>(Workshop.grant("grant-1", "ada"), "request-1"));
        assertThat(shop.handOver()).isTrue();
        verify(shop.nylas).connect(any(), argThat(call -> call.refreshToken().equals("token-of-ada")), any());
        assertThat(grantOf(renamed("ada"))).isEqualTo("grant-1");
    }

    @Test
    void whereTheUserHasSignedInUnderTheNewAliasThatMailboxKeepsTheGrant() {
        shop.connected("ada", "grant-1");
        renameProvider("ada");
        shop.connected(renamed("ada"), "ada", "grant-1");
        assertThat(shop.read(renamed("ada"), GrantEntity::state)).contains(GrantState.CONNECTED);

        process();

        assertThat(shop.exists("ada")).isFalse();
        assertThat(shop.shown("ada")).contains("grant-1");
        shop.clock.forward(Workshop.GRACE);
        shop.delete();
        verify(shop.nylas, never()).deleteGrant(any(), any(), any());
        assertThat(grantOf(renamed("ada"))).isEqualTo("grant-1");
    }

    @Test
    void whereTheUserGotAnotherGrantUnderTheNewAliasTheFirstOneIsDeleted() {
        shop.connected("ada", "grant-1");
        renameProvider("ada");
        shop.connected(renamed("ada"), "ada", "grant-2");

        process();

        assertThat(shop.shown("ada")).contains("grant-2");
        assertThat(shop.deletion("grant-1", deletion -> true)).isPresent();
        assertThat(shop.deletion("grant-2", deletion -> true)).isEmpty();
    }

    @Test
    void whereANewerVersionKeepsTheNewAliasTheEvidenceWaitsForIt() {
        shop.waiting("ada", "token");
        shop.keycloak.provider(Workshop.REALM, NEW, Map.of());
        shop.keycloak.link(Workshop.REALM, "ada", NEW, "ada");
        shop.signedIn(renamed("ada"), Workshop.identity("ada"), "token", shop.now(), "ada");
        shop.parts.merger.merge();
        Rows.sql(
                shop,
                em -> em.createQuery("update GrantEntity g set g.state = 'OF_A_NEWER_VERSION' where g.id = :id")
                        .setParameter("id", shop.read(renamed("ada"), GrantEntity::id))
                        .executeUpdate());
        renameProvider("ada");

        process();

        assertThat(shop.exists("ada")).isTrue();
        assertThat(Rows.evidence(shop)).isEqualTo(1);
    }
}
