package io.github.keycloaknylas.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.capture.CaptureEntity;
import io.github.keycloaknylas.capture.FakeBroker;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.support.store.Crypto;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import io.github.keycloaknylas.support.store.Options;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.EventType;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** A returning user: the login completes in the request in which the broker's response arrives. */
@OnEveryDatabase
class SameRequestTest extends LoginCompletionTestBase {

    private final FakeBroker broker;

    SameRequestTest(Engine engine) {
        super(engine);
        Crypto.use();
        Options.none()
                .with("nylas-connection/default/api-key", "server-key")
                .with("nylas-seal-key/default/secret", Base64.getEncoder().encodeToString(new byte[32]));
        when(realm.getAccessCodeLifespanLogin()).thenReturn(1800);
        broker = new FakeBroker(keycloak.factory(), InstantSource.system());
    }

    private AuthenticationSessionModel arrives(Map<String, String> settings, String account, String finalSubject) {
        AuthenticationSessionModel arrived =
                broker.arriveAs(session, settings, account, "refresh-token", "tab", finalSubject);
        UserModel ada = keycloak.user("realm", "ada").model();
        arrived.setAuthenticatedUser(ada);
        when(session.getContext().getAuthenticationSession()).thenReturn(arrived);
        return arrived;
    }

    private List<CaptureEntity> rows() {
        return session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery("select c from CaptureEntity c", CaptureEntity.class)
                .getResultList();
    }

    @Test
    void theCaptureIsInsertedMarkedAndTheWorkersAreWokenOnce() {
        AuthenticationSessionModel arrived = arrives(Map.of(), "subject", "subject");

        loggedIn();

        assertThat(rows()).singleElement().satisfies(row -> {
            assertThat(row.mailbox()).isEqualTo(new Mailbox("realm", "microsoft", "subject"));
            assertThat(row.userId()).isEqualTo("ada");
        });
        assertThat(FakeBroker.captures(arrived)).isEmpty();
        verify(delivery).wake();
    }

    @Test
    void theSubjectThatTheLastMapperSetCounts() {
        arrives(Map.of(), "from Microsoft", "subject");

        loggedIn();

        assertThat(rows())
                .singleElement()
                .satisfies(row -> assertThat(row.mailbox().subject()).isEqualTo("subject"));
    }

    @Test
    void aUserWhoseLinkHasAnotherSubjectGetsNothingAndNothingIsKept() {
        arrives(Map.of(), "subject", "somebody else");

        loggedIn();

        assertThat(rows()).isEmpty();
        verifyNoInteractions(delivery);
    }

    @Test
    void underImpersonationNothingIsKept() {
        when(userSession.getNote(ImpersonationSessionNote.IMPERSONATOR_ID.toString()))
                .thenReturn("admin");
        arrives(Map.of(), "subject", "subject");

        loggedIn();

        assertThat(rows()).isEmpty();
        verifyNoInteractions(delivery);
    }

    @Test
    void ofAUserWhoIsNotOfTheAudienceNothingIsKept() {
        arrives(Map.of("role", "missing"), "subject", "subject");

        loggedIn();

        assertThat(rows()).isEmpty();
        verifyNoInteractions(delivery);
    }

    @Test
    void anOlderCaptureOfTheSameProviderIsErased() {
        String older = capture("subject");
        AuthenticationSessionModel arrived = arrives(Map.of(), "subject", "subject");
        arrived.setClientNote("nylas.captures", older);

        loggedIn();

        assertThat(row(older).isSpent()).isTrue();
        assertThat(rows()).filteredOn(row -> row.userId() != null).hasSize(1);
    }

    @Test
    void aLoginOfAnotherTabLeavesTheCaptureToItsOwn() {
        AuthenticationSessionModel arrived = arrives(Map.of(), "subject", "subject");
        when(session.getContext().getAuthenticationSession()).thenReturn(login);
        when(login.getTabId()).thenReturn("other tab");

        loggedIn();

        assertThat(rows())
                .singleElement()
                .satisfies(row -> assertThat(row.userId()).isNull());
        assertThat(FakeBroker.captures(arrived)).hasSize(1);
        verifyNoInteractions(delivery);
    }

    @Test
    void whereTheLoginCompletesLaterTheRowWaitsForIt() {
        AuthenticationSessionModel arrived = arrives(Map.of(), "subject", "subject");
        commit();
        when(session.getContext().getAuthenticationSession()).thenReturn(arrived);

        loggedIn(event(EventType.LOGIN));

        assertThat(rows())
                .singleElement()
                .satisfies(row -> assertThat(row.userId()).isEqualTo("ada"));
    }
}
