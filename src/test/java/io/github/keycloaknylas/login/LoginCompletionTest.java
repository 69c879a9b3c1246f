package io.github.keycloaknylas.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.capture.CaptureEntity;
import io.github.keycloaknylas.capture.Captures;
import io.github.keycloaknylas.capture.LoginRows;
import io.github.keycloaknylas.delivery.Delivery;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.testkit.store.Engine;
import io.github.keycloaknylas.testkit.store.OnEveryDatabase;
import io.github.keycloaknylas.testkit.store.PlayedKeycloak;
import io.github.keycloaknylas.testkit.store.TestDatabase;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransaction;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.sessions.AuthenticationSessionModel;

@OnEveryDatabase
class LoginCompletionTest {

    private static final long FUTURE = Long.MAX_VALUE;

    private final PlayedKeycloak keycloak;
    private final RealmModel realm;
    private final Delivery delivery = mock(Delivery.class);
    private final UserSessionModel userSession = mock(UserSessionModel.class);
    private final List<KeycloakTransaction> afterCompletion = new ArrayList<>();
    private final AuthenticationSessionModel login = LoginRows.login("root", "tab");
    private final GrantEventListenerFactory factory = new GrantEventListenerFactory();
    private KeycloakSession session;

    LoginCompletionTest(Engine engine) {
        keycloak = new PlayedKeycloak(TestDatabase.empty(engine));
        realm = keycloak.realm("realm");
        keycloak.provider("realm", "microsoft", Map.of());
        keycloak.user("realm", "ada");
        keycloak.link("realm", "ada", "microsoft", "subject");
        when(login.getAuthenticatedUser())
                .thenReturn(keycloak.user("realm", "ada").model());
        open();
    }

    private void open() {
        session = keycloak.session();
        session.getContext().setRealm(realm);
        UserSessionProvider sessions = mock(UserSessionProvider.class);
        when(sessions.getUserSession(realm, "session-1")).thenReturn(userSession);
        when(session.sessions()).thenReturn(sessions);
        when(session.getProvider(Delivery.class)).thenReturn(delivery);
        when(session.getContext().getAuthenticationSession()).thenReturn(login);
        var transactions = session.getTransactionManager();
        org.mockito.Mockito.doAnswer(call -> afterCompletion.add(call.getArgument(0)))
                .when(transactions)
                .enlistAfterCompletion(any());
    }

    private void commit() {
        session.close();
        open();
    }

    private String capture(String subject) {
        return capture("realm", "microsoft", subject, login, FUTURE);
    }

    private String capture(
            String realmId, String alias, String subject, AuthenticationSessionModel owner, long expiresAt) {
        String id = LoginRows.capture(session, new Mailbox(realmId, alias, subject), owner, expiresAt);
        LoginRows.note(login, id);
        commit();
        return id;
    }

    private static Event event(EventType type) {
        Event event = new Event();
        event.setType(type);
        event.setSessionId("session-1");
        event.setClientId("mail-app");
        event.setRealmName("realm-name");
        return event;
    }

    private void loggedIn() {
        loggedIn(event(EventType.LOGIN));
    }

    private void loggedIn(Event event) {
        factory.create(session).onEvent(event);
        commit();
        afterCompletion.forEach(KeycloakTransaction::begin);
        afterCompletion.forEach(KeycloakTransaction::commit);
        afterCompletion.clear();
    }

    private CaptureEntity row(String id) {
        return Captures.of(session).find(id).orElseThrow();
    }

    private void verifyNotMarked(String id) {
        assertThat(row(id).userId()).isNull();
        verifyNoInteractions(delivery);
    }

    @Test
    void aLoginThatCompletesForTheLinkedUserMarksItsCaptureAndNudgesOnce() {
        String id = capture("subject");

        loggedIn();

        assertThat(row(id).userId()).isEqualTo("ada");
        assertThat(Captures.of(session).completed(10))
                .extracting(CaptureEntity::id)
                .containsExactly(id);
        verify(delivery).nudge();
    }

    @Test
    void theNudgeComesAfterTheCommitAndNotAtAllAfterARollback() {
        capture("subject");
        factory.create(session).onEvent(event(EventType.LOGIN));
        verifyNoInteractions(delivery);

        afterCompletion.forEach(KeycloakTransaction::begin);
        afterCompletion.forEach(KeycloakTransaction::rollback);

        verifyNoInteractions(delivery);
    }

    @Test
    void aNudgeThatFailsDoesNotReachTheUser() {
        capture("subject");
        org.mockito.Mockito.doThrow(new IllegalStateException("no workers"))
                .when(delivery)
                .nudge();

        assertThatCode(this::loggedIn).doesNotThrowAnyException();
    }

    @Test
    void noOtherEventMarksAnything() {
        String id = capture("subject");

        for (EventType type : EnumSet.complementOf(EnumSet.of(EventType.LOGIN))) {
            loggedIn(event(type));

            verifyNotMarked(id);
        }
    }

    @Test
    void aLoginWithoutOurNoteAsksTheDatabaseNothing() {
        KeycloakSession bare = mock(KeycloakSession.class);
        var context = mock(KeycloakContext.class);
        when(bare.getContext()).thenReturn(context);
        when(context.getAuthenticationSession()).thenReturn(login);

        factory.create(bare).onEvent(event(EventType.LOGIN));
        when(context.getAuthenticationSession()).thenReturn(null);
        factory.create(bare).onEvent(event(EventType.LOGIN));

        verify(bare, never()).getProvider(any());
        verify(bare, never()).users();
        verify(bare, never()).sessions();
    }

    @Test
    void severalCapturesOfOneTabAreMarkedTogetherAndNudgedOnce() {
        keycloak.provider("realm", "other", Map.of());
        keycloak.link("realm", "ada", "other", "subject-2");
        String first = capture("subject");
        String second = capture("realm", "other", "subject-2", login, FUTURE);

        loggedIn();

        assertThat(row(first).userId()).isEqualTo("ada");
        assertThat(row(second).userId()).isEqualTo("ada");
        verify(delivery).nudge();
    }

    @Test
    void aCaptureOfAnotherTabIsNotMarked() {
        String id = capture("realm", "microsoft", "subject", LoginRows.login("root", "other tab"), FUTURE);

        loggedIn();

        verifyNotMarked(id);
    }

    @Test
    void aCaptureOfAnotherBrowserIsNotMarked() {
        String id = capture("realm", "microsoft", "subject", LoginRows.login("other root", "tab"), FUTURE);

        loggedIn();

        verifyNotMarked(id);
    }

    @Test
    void aCaptureOfAnotherRealmIsNotMarked() {
        String id = capture("other", "microsoft", "subject", login, FUTURE);

        loggedIn();

        verifyNotMarked(id);
    }

    @Test
    void anExpiredCaptureIsNotMarkedSinceItMayBeRemovedAtAnyMoment() {
        String id = capture("realm", "microsoft", "subject", login, System.currentTimeMillis() - 1);

        loggedIn();

        verifyNotMarked(id);
    }

    @Test
    void aMarkedCaptureKeepsItsUser() {
        String id = capture("subject");
        loggedIn();
        keycloak.user("realm", "eve");
        keycloak.link("realm", "eve", "microsoft", "subject");
        UserModel eve = keycloak.user("realm", "eve").model();
        when(login.getAuthenticatedUser()).thenReturn(eve);

        loggedIn();

        assertThat(row(id).userId()).isEqualTo("ada");
    }

    @Test
    void withoutALinkNothingIsMarked() {
        keycloak.unlink("realm", "ada", "microsoft");
        String id = capture("subject");

        loggedIn();

        verifyNotMarked(id);
    }

    @Test
    void aLinkToAnotherSubjectDoesNotFitNotEvenByCase() {
        String other = capture("somebody");
        String upper = capture("SUBJECT");

        loggedIn();

        verifyNotMarked(other);
        verifyNotMarked(upper);
    }

    @Test
    void whoLogsInAfterARestartWithoutBeingLinkedGetsNothing() {
        String id = capture("subject");
        UserModel eve = keycloak.user("realm", "eve").model();
        when(login.getAuthenticatedUser()).thenReturn(eve);

        loggedIn();

        verifyNotMarked(id);
    }

    @Test
    void underImpersonationNothingIsMarked() {
        String id = capture("subject");
        when(userSession.getNote(ImpersonationSessionNote.IMPERSONATOR_ID.toString()))
                .thenReturn("admin");

        loggedIn();

        verifyNotMarked(id);
    }

    @Test
    void withoutAUserSessionNothingIsMarkedSinceItMightBeAnImpersonation() {
        String id = capture("subject");
        Event unknown = event(EventType.LOGIN);
        unknown.setSessionId("another session");
        loggedIn(unknown);
        Event none = event(EventType.LOGIN);
        none.setSessionId(null);
        loggedIn(none);

        verifyNotMarked(id);
    }

    @Test
    void withoutAUserNothingIsMarked() {
        String id = capture("subject");
        when(login.getAuthenticatedUser()).thenReturn(null);

        loggedIn();

        verifyNotMarked(id);
    }

    @Test
    void whoIsNotOfTheAudienceLosesTheTokenAtOnce() {
        keycloak.provider("realm", "microsoft", Map.of("clients", "another-app"));
        String id = capture("subject");

        loggedIn();

        assertThat(row(id).isSpent()).isTrue();
        verifyNotMarked(id);
        assertThat(Captures.of(session).completed(10)).isEmpty();
    }

    @Test
    void withoutAMapperNobodyIsOfTheAudience() {
        keycloak.bareProvider("realm", "microsoft");
        String id = capture("subject");

        loggedIn();

        assertThat(row(id).isSpent()).isTrue();
    }

    @Test
    void aCaptureThatIsGoneIsNoTrouble() {
        LoginRows.note(login, "gone");

        assertThatCode(this::loggedIn).doesNotThrowAnyException();

        verifyNoInteractions(delivery);
    }

    @Test
    void whateverFailsTheLoginGoesOn() {
        String id = capture("subject");
        keycloak.failUserStore(new IllegalStateException("The directory is down"));

        assertThatCode(this::loggedIn).doesNotThrowAnyException();

        verifyNotMarked(id);
    }

    @Test
    void theListenerIsActiveInEveryRealmWithNothingToSwitchOn() {
        assertThat(factory.isGlobal()).isTrue();
    }
}
