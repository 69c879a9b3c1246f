package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.ledger.DeletionReason;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A grant whose account is linked to any user is not deleted. */
@OnEveryDatabase
class LinkedDeletionTest extends DeletionTestBase {

    LinkedDeletionTest(Engine engine) {
        super(engine);
    }

    @Test
    void aGrantWhoseAccountIsLinkedToAnyUserWaits() {
        fixture.keycloak.user(DeliveryFixture.REALM, "ada-imported-again");
        fixture.link("ada-imported-again", "ada");
        afterTheGrace();
        verifyNothingDeleted();
        assertThat(failureClass("grant-1")).contains("linked");
        assertThat(wait("grant-1")).contains(Duration.ofHours(1));

        fixture.unlink("ada-imported-again");
        fixture.clock.forward(Duration.ofHours(1));
        fixture.delete();

        verifyDeleted("grant-1");
    }

    @Test
    void aLinkedUserHasNoGrantBecauseAnotherUserOfTheAccountHadOne() {
        fixture.keycloak.user(DeliveryFixture.REALM, "successor");
        fixture.link("successor", "ada");
        fixture.connected(DeliveryFixture.mailbox("ada"), "successor", "grant-2");
        fixture.unlink("successor");
        fixture.keycloak.user(DeliveryFixture.REALM, "owner");
        fixture.link("owner", "ada");

        afterTheGrace();

        verifyNothingDeleted();
        assertThat(failureClass("grant-1")).contains("linked");
    }

    @Test
    void anAccountThatDiffersByCaseAloneIsAnotherOne() {
        fixture.keycloak.user(DeliveryFixture.REALM, "other");
        fixture.link("other", "ADA");

        afterTheGrace();

        verifyDeleted("grant-1");
    }

    @Test
    void whereLinksCannotBeReadAnAdministratorDecides() {
        fixture.keycloak.foreignUserStorage();

        afterTheGrace();

        verifyNothingDeleted();
        assertThat(failureClass("grant-1")).contains("links_unreadable");
        verify(fixture.warnings)
                .warn(eq("realm-name"), eq(DeliveryFixture.ALIAS), contains("once an administrator confirms"));
    }

    @Test
    void whereLinksCannotBeReadWhatAnAdministratorConfirmedIsDeleted() {
        fixture.keycloak.foreignUserStorage();
        Rows.sql(
                fixture,
                em -> em.createNativeQuery("update NYLAS_DELETION set CONFIRMED_AT = 1")
                        .executeUpdate());

        afterTheGrace();

        verifyDeleted("grant-1");
    }

    @Test
    void aUserStoreThatIsDownIsNotNeeded() {
        fixture.keycloak.failUserStore(new IllegalStateException("The directory does not answer"));

        afterTheGrace();

        verifyDeleted("grant-1");
    }

    @Test
    void aRealmThatIsGoneHasNoLinks() {
        fixture.keycloak.foreignUserStorage();
        fixture.keycloak.removeRealm(DeliveryFixture.REALM);

        afterTheGrace();

        verifyDeleted("grant-1");
    }

    @Test
    void aReplacedGrantIsDeletedAlthoughItsAccountIsLinked() {
        fixture.person("eve");
        fixture.connected("eve", "grant-2");
        fixture.transactions.run(session -> {
            Ledger ledger = Ledger.of(session);
            ledger.find(DeliveryFixture.mailbox("eve"))
                    .ifPresent(row -> ledger.releaseGrant(row, DeletionReason.REPLACED, fixture.now(), fixture.now()));
        });

        fixture.delete();

        verifyDeleted("grant-2");
        assertThat(fixture.state("eve")).contains(GrantState.ABSENT);
    }
}
