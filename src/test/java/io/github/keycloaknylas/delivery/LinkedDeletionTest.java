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
        shop.keycloak.user(Workshop.REALM, "ada-imported-again");
        shop.link("ada-imported-again", "ada");
        afterTheGrace();
        verifyNothingDeleted();
        assertThat(failureClass("grant-1")).contains("linked");
        assertThat(wait("grant-1")).contains(Duration.ofHours(1));

        shop.unlink("ada-imported-again");
        shop.clock.forward(Duration.ofHours(1));
        shop.delete();

        verifyDeleted("grant-1");
    }

    @Test
    void anAccountThatDiffersByCaseAloneIsAnotherOne() {
        shop.keycloak.user(Workshop.REALM, "other");
        shop.link("other", "ADA");

        afterTheGrace();

        verifyDeleted("grant-1");
    }

    @Test
    void whereLinksCannotBeReadAnAdministratorDecides() {
        shop.keycloak.foreignUserStorage();

        afterTheGrace();

        verifyNothingDeleted();
        assertThat(failureClass("grant-1")).contains("links_unreadable");
        verify(shop.advice).warn(eq("realm-name"), eq(Workshop.ALIAS), contains("once an administrator confirms"));
    }

    @Test
    void whereLinksCannotBeReadWhatAnAdministratorConfirmedIsDeleted() {
        shop.keycloak.foreignUserStorage();
        Rows.sql(
                shop,
                em -> em.createNativeQuery("update NYLAS_DELETION set CONFIRMED_AT = 1")
                        .executeUpdate());

        afterTheGrace();

        verifyDeleted("grant-1");
    }

    @Test
    void aUserStoreThatIsDownIsNotNeeded() {
        shop.keycloak.failUserStore(new IllegalStateException("The directory does not answer"));

        afterTheGrace();

        verifyDeleted("grant-1");
    }

    @Test
    void aRealmThatIsGoneHasNoLinks() {
        shop.keycloak.foreignUserStorage();
        shop.keycloak.removeRealm(Workshop.REALM);

        afterTheGrace();

        verifyDeleted("grant-1");
    }

    @Test
    void aReplacedGrantIsDeletedAlthoughItsAccountIsLinked() {
        shop.person("eve");
        shop.connected("eve", "grant-2");
        shop.jobs.run(session -> {
            Ledger ledger = Ledger.of(session);
            ledger.find(Workshop.mailbox("eve"))
                    .ifPresent(row -> ledger.letGo(row, DeletionReason.REPLACED, shop.now(), shop.now()));
        });

        shop.delete();

        verifyDeleted("grant-2");
        assertThat(shop.state("eve")).contains(GrantState.ABSENT);
    }
}
