package io.github.keycloaknylas.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderEvent;

/** What proves that a link or a user was removed, and what does not. */
@OnEveryDatabase
class LinkWatcherTest extends LinkWatcherTestBase {

    LinkWatcherTest(Engine engine) {
        super(engine);
    }

    @Test
    void anUnlinkedAccountIsEvidenceOnceItIsCommitted() {
        unlinks("microsoft", "subject");
        assertThat(evidence()).isEmpty();
        verifyNoInteractions(delivery);

        commits();

        assertThat(evidence()).containsExactly("LINK_REMOVED realm ada microsoft subject null");
        verify(delivery).wake();
    }

    @Test
    void aRemovedUserIsEvidenceOnceItIsCommitted() {
        announcesRemoval("ada");
        removes("ada");
        assertThat(evidence()).isEmpty();

        commits();

        assertThat(evidence()).containsExactly("USER_REMOVED realm ada null null null");
        verify(delivery).wake();
    }

    @Test
    void whatIsRolledBackIsNoEvidence() {
        unlinks("microsoft", "subject");
        announcesRemoval("bob");
        removes("bob");

        rollsBack();

        assertThat(evidence()).isEmpty();
        verifyNoInteractions(delivery);
    }

    @Test
    void aRemovalThatIsAnnouncedAndThenRefusedIsNoEvidence() {
        announcesRemoval("ada");

        commits();

        assertThat(evidence()).isEmpty();
    }

    @Test
    void aUserWhoVanishesUnannouncedIsNoEvidence() {
        removes("ada");

        commits();

        assertThat(evidence()).isEmpty();
    }

    @Test
    void anAnnouncementCountsOnlyForItsUserItsRealmAndItsSession() {
        announcesRemoval("ada");
        commits();
        opens();
        announcesRemoval("bob");
        announcesRemoval(keycloak.realm("elsewhere"), "ada");
        removes("ada");

        commits();

        assertThat(evidence()).isEmpty();
    }

    @Test
    void theRemovalOfAServiceAccountIsNoEvidence() {
        when(user("robot").getServiceAccountClientLink()).thenReturn("client");
        announcesRemoval("robot");
        removes("robot");

        commits();

        assertThat(evidence()).isEmpty();
    }

    @Test
    void aUserWhoGetsALinkAgainIsNotRemoved() {
        announcesRemoval("ada");
        removes("ada");
        links("microsoft", "subject");

        commits();

        assertThat(evidence()).isEmpty();
    }

    @Test
    void anAliasThatIsRenamedCarriesItsLinksAlong() {
        keycloak.removeProvider("realm", "microsoft");
        keycloak.provider("realm", "entra", java.util.Map.of());
        unlinks("microsoft", "subject");
        links("entra", "subject");

        commits();

        assertThat(evidence()).containsExactly("LINK_RENAMED realm ada microsoft subject entra");
        verify(delivery).wake();
    }

    @Test
    void aRenameIsOneWhicheverHalfComesFirst() {
        links("entra", "subject");
        unlinks("microsoft", "subject");

        commits();

        assertThat(evidence()).containsExactly("LINK_RENAMED realm ada microsoft subject entra");
    }

    @Test
    void aHundredRenamedLinksAreWrittenInOneGo() {
        keycloak.removeProvider("realm", "microsoft");
        for (int number = 0; number < 100; number++) {
            unlinks(realm, "user-" + number, "microsoft", "subject-" + number);
            links(realm, "user-" + number, "entra", "subject-" + number);
        }

        commits();

        assertThat(evidence())
                .hasSize(100)
                .allMatch(row -> row.startsWith("LINK_RENAMED"))
                .contains("LINK_RENAMED realm user-7 microsoft subject-7 entra");
    }

    @Test
    void aLinkOfAnotherSubjectOrUserOrRealmIsNoRename() {
        unlinks("microsoft", "subject");
        links("entra", "another subject");
        links(realm, "bob", "entra", "subject");
        links(keycloak.realm("elsewhere"), "ada", "entra", "subject");

        commits();

        assertThat(evidence()).containsExactly("LINK_REMOVED realm ada microsoft subject null");
    }

    @Test
    void aLinkThatComesBackIsNoEvidence() {
        unlinks("microsoft", "subject");
        links("microsoft", "subject");

        commits();

        assertThat(evidence()).isEmpty();
    }

    @Test
    void aLinkThatComesBackAndGoesAgainIsEvidence() {
        unlinks("microsoft", "subject");
        links("microsoft", "subject");
        unlinks("microsoft", "subject");

        commits();

        assertThat(evidence()).containsExactly("LINK_REMOVED realm ada microsoft subject null");
    }

    @Test
    void aLinkThatMovesToAnotherUserIsRemovedFromTheFirst() {
        unlinks("microsoft", "subject");
        links(realm, "bob", "microsoft", "subject");

        commits();

        assertThat(evidence()).containsExactly("LINK_REMOVED realm ada microsoft subject null");
    }

    @Test
    void aNewSubjectUnderTheSameAliasReplacesTheOldOne() {
        unlinks("microsoft", "subject");
        links("microsoft", "migrated");

        commits();

        assertThat(evidence()).containsExactly("LINK_REMOVED realm ada microsoft subject null");
    }

    @Test
    void aLinkOfAProviderThatIsGoneIsNoEvidence() {
        keycloak.removeProvider("realm", "microsoft");
        unlinks("microsoft", "subject");

        commits();

        assertThat(evidence()).isEmpty();
    }

    @Test
    void theProviderIsLookedUpInTheRealmOfTheLink() {
        session.getContext().setRealm(keycloak.realm("master"));
        unlinks("microsoft", "subject");
        assertThat(session.getContext().getRealm().getId()).isEqualTo("master");
        unlinks(keycloak.realm("master"), "bob", "microsoft", "another");

        commits();

        assertThat(evidence()).containsExactly("LINK_REMOVED realm ada microsoft subject null");
    }

    @Test
    void aSessionWithoutARealmIsLeftWithoutOne() {
        session.getContext().setRealm(null);
        unlinks("microsoft", "subject");
        assertThat(session.getContext().getRealm()).isNull();

        commits();

        assertThat(evidence()).hasSize(1);
    }

    @Test
    void aRemovedProviderIsNoEvidenceWhateverHappenedToItsLinks() {
        unlinks("microsoft", "subject");
        happens(providerRemoved("microsoft"));

        commits();

        assertThat(evidence()).isEmpty();
    }

    @Test
    void aProviderThatIsOverwrittenIsNoEvidence() {
        happens(providerRemoved("microsoft"));
        unlinks("microsoft", "subject");

        commits();

        assertThat(evidence()).isEmpty();
    }

    @Test
    void aRemovedRealmIsNoEvidenceNorIsAnythingThatWentWithIt() {
        unlinks("microsoft", "subject");
        announcesRemoval("bob");
        removes("bob");
        happens(realmRemoved());

        commits();

        assertThat(evidence()).isEmpty();
    }

    @Test
    void otherEventsAndNewLinksAreNoEvidence() {
        happens(mock(ProviderEvent.class));
        links("microsoft", "subject");

        commits();

        assertThat(evidence()).isEmpty();
        verifyNoInteractions(delivery);
    }

    @Test
    void whatNoColumnHoldsIsLeftOutAndTheRestIsWritten() {
        unlinks("microsoft", "s".repeat(2001));
        unlinks("microsoft", null);
        unlinks("microsoft", "subject");

        assertThatCode(this::commits).doesNotThrowAnyException();

        assertThat(evidence()).containsExactly("LINK_REMOVED realm ada microsoft subject null");
    }

    @Test
    void whileTheTableIsNotKnownToWorkNothingIsTouched() {
        forgetsTheTable();
        unlinks("microsoft", "subject");
        announcesRemoval("bob");
        removes("bob");

        commits();

        assertThat(evidence()).isEmpty();
        verifyNoInteractions(delivery);
    }

    @Test
    void aRemovalThatCannotBeNotedDoesNotFail() {
        KeycloakSession broken = mock(KeycloakSession.class);
        doThrow(new NoClassDefFoundError("of another version"))
                .when(broken)
                .getAttribute("nylas.removals", SessionRemovals.class);

        assertThatCode(() -> happens(removed(broken, realm, "ada", "microsoft", "subject")))
                .doesNotThrowAnyException();
    }

    @Test
    void aTransactionThatTakesNothingMoreDoesNotFailTheRemoval() {
        transactionsRefuse();

        assertThatCode(() -> unlinks("microsoft", "subject")).doesNotThrowAnyException();
    }

    @Test
    void anInsertThatFailsDoesNotFailTheRemovalAndStopsFurtherOnes() {
        withoutTheTable(() -> {
            unlinks("microsoft", "subject");
            assertThatCode(this::prepares).doesNotThrowAnyException();
            rollsBack();
        });
        opens();
        unlinks("microsoft", "subject");

        commits();

        assertThat(evidence()).isEmpty();
    }
}
