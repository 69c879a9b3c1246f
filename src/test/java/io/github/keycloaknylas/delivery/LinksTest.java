package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Worklist;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class LinksTest {

    private final Workshop shop;
    private final Links links;

    LinksTest(Engine engine) {
        shop = new Workshop(engine);
        links = new Links(shop.jobs, shop.clock);
    }

    private void recheck() {
        links.recheck(Workshop.mailbox("ada"));
    }

    @Test
    void aGrantWhoseLinkStandsIsLeftAlone() {
        shop.connected("ada", "grant-1");

        recheck();

        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
        assertThat(shop.read("ada", GrantEntity::isProjectionDue)).isFalse();
    }

    @Test
    void aGrantWhoseLinkIsGoneIsLeaving() {
        shop.connected("ada", "grant-1");
        shop.unlink("ada");

        recheck();

        assertThat(shop.state("ada")).contains(GrantState.LEAVING);
    }

    @Test
    void theTimeOfLeavingIsThatOfTheFirstLook() {
        shop.connected("ada", "grant-1");
        shop.unlink("ada");
        recheck();
        shop.clock.forward(Duration.ofHours(23));

        recheck();

        shop.clock.forward(Duration.ofHours(1));
        List<String> due = shop.jobs.call(session -> Worklist.of(session)
                .leavingSinceBefore(shop.now() - Duration.ofHours(24).toMillis(), shop.now(), 10));
        assertThat(due).hasSize(1);
    }

    @Test
    void aRowWithNothingToTakeBackGoesAtOnce() {
        shop.waiting("ada", "token");
        shop.unlink("ada");

        recheck();

        assertThat(shop.exists("ada")).isFalse();
    }

    @Test
    void aRowWhoseCallIsUnderWayStaysUntilItIsKnownWhatCameOfIt() {
        shop.waiting("ada", "token");
        shop.claims().next().orElseThrow();
        shop.unlink("ada");

        recheck();

        assertThat(shop.state("ada")).contains(GrantState.LEAVING);
    }

    @Test
    void linkedToSomebodyElseTheGrantGoesAlong() {
        shop.connected("ada", "grant-1");
        shop.unlink("ada");
        shop.keycloak.user(Workshop.REALM, "ada-2");
        shop.link("ada-2", "ada");

        recheck();

        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
        assertThat(shop.read("ada", GrantEntity::userId)).isEqualTo("ada-2");
    }

    @Test
    void anAccountThatIsLinkedAgainComesBack() {
        shop.connected("ada", "grant-1");
        shop.unlink("ada");
        recheck();
        shop.link("ada", "ada");

        recheck();

        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void aSubjectThatDiffersByCaseAloneIsAnotherAccount() {
        shop.connected("ada", "grant-1");
        shop.unlink("ada");
        shop.keycloak.user(Workshop.REALM, "other");
        shop.link("other", "ADA");

        recheck();

        assertThat(shop.state("ada")).contains(GrantState.LEAVING);
        assertThat(shop.read("ada", GrantEntity::userId)).isEqualTo("ada");
    }

    @Test
    void aLinkThatStandsIsNotOverlookedBecauseAnotherLooksAlike() {
        shop.connected("ada", "grant-1");
        shop.keycloak.user(Workshop.REALM, "aaa-first");
        shop.link("aaa-first", "ADA");
        shop.keycloak.user(Workshop.REALM, "zzz-last");
        shop.link("zzz-last", "Ada");

        recheck();

        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void aUserWhoIsGoneLeavesWithAllAccounts() {
        shop.connected("ada", "grant-1");
        shop.keycloak.removeUser(Workshop.REALM, "ada");

        links.recheckUser(Workshop.REALM, "ada");

        assertThat(shop.state("ada")).contains(GrantState.LEAVING);
    }

    @Test
    void grantsOutliveTheirRealmAndProvider() {
        shop.connected("ada", "grant-1");
        shop.unlink("ada");
        shop.keycloak.removeProvider(Workshop.REALM, Workshop.ALIAS);
        recheck();
        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);

        shop.keycloak.removeRealm(Workshop.REALM);
        recheck();
        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void aUserStoreThatIsDownChangesNothing() {
        shop.connected("ada", "grant-1");
        shop.userStoreIsDown();

        assertThatCode(this::recheck).doesNotThrowAnyException();

        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
    }
}
