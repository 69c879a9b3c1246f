package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;

import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.FreshOptions;
import io.github.keycloaknylas.sweep.ChangedUsers;
import io.github.keycloaknylas.sweep.IneligibleMailboxes;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whom an administrator changed is looked at before the sweep comes by. */
@ExtendWith(FreshOptions.class)
class ChangedUsersTest {

    private static final String REALM = DeliveryFixture.REALM;

    private final DeliveryFixture fixture = new DeliveryFixture(Engine.H2);
    private final IneligibleMailboxes mailboxes = mock(IneligibleMailboxes.class);
    private final ChangedUsers users = new ChangedUsers(fixture.transactions, mailboxes);

    @Test
    void aUserWhoWasDisabledLosesTheGrantAtTheNextUpkeep() {
        fixture.keycloak.provider(REALM, DeliveryFixture.ALIAS, Map.of("whenIneligible", "delete"));
        fixture.connected("ada", "grant-1");
        fixture.parts.sweep.step();
        fixture.keycloak.enable(REALM, "ada", false);

        fixture.parts.changedUsers.add(REALM, "ada");
        fixture.parts.upkeep().run();

        assertThat(fixture.shown("ada")).isEmpty();
        assertThat(fixture.deletion("grant-1", DeletionEntity::isOfIneligibleUser))
                .contains(true);
    }

    @Test
    void anAccountThatIsUnlinkedMeanwhileIsLeftToItsEvidence() {
        fixture.connected("ada", "grant-1");
        fixture.unlink("ada");

        fixture.parts.changedUsers.add(REALM, "ada");
        fixture.parts.changedUsers.look();

        assertThat(fixture.<Boolean>read("ada", row -> row.linkGoneAt().isPresent()))
                .isFalse();
        verifyNoInteractions(fixture.warnings);
    }

    @Test
    void eachUserIsLookedAtOnceHoweverManyChangesThereWere() {
        fixture.connected("ada", "grant-1");
        users.add(REALM, "ada");
        users.add(REALM, "ada");

        users.look();
        users.look();

        verify(mailboxes, times(1)).end(any(), argThat(rows -> rows.size() == 1));
    }

    @Test
    void aUserWithoutAMailboxIsNotLookedAt() {
        fixture.connected("ada", "grant-1");
        users.add(REALM, "eve");
        users.add("another", "ada");

        users.look();

        verifyNoInteractions(mailboxes);
    }

    @Test
    void aUserWhoCannotBeLookedAtStopsNoOther() {
        fixture.person("eve");
        fixture.connected("ada", "grant-1");
        fixture.connected("eve", "grant-2");
        doThrow(new IllegalStateException("The database does not answer"))
                .when(mailboxes)
                .end(any(), any());
        users.add(REALM, "ada");
        users.add(REALM, "eve");

        users.look();

        verify(mailboxes, times(2)).end(any(), any());
    }

    @Test
    void ofMoreUsersThanFitIntoMemoryTheSweepFindsTheRest() {
        fixture.connected("ada", "grant-1");
        for (int i = 0; i < ChangedUsers.MOST; i++) {
            users.add("empty", "user-" + i);
        }

        users.add(REALM, "ada");
        users.look();

        verifyNoInteractions(mailboxes);
    }
}
