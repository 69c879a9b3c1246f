package io.github.keycloaknylas.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.capture.CaptureEntity;
import io.github.keycloaknylas.capture.Captures;
import io.github.keycloaknylas.capture.LoginRows;
import io.github.keycloaknylas.delivery.Delivery;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.FakeKeycloak;
import io.github.keycloaknylas.support.store.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransaction;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.sessions.AuthenticationSessionModel;

/** A login that captured, and its event. */
abstract class LoginCompletionTestBase {

    static final long FUTURE = Long.MAX_VALUE;

    final FakeKeycloak keycloak;
    final RealmModel realm;
    final Delivery delivery = mock(Delivery.class);
    final UserSessionModel userSession = mock(UserSessionModel.class);
    final List<KeycloakTransaction> afterCompletion = new ArrayList<>();
    final AuthenticationSessionModel login = LoginRows.login("root", "tab");
    final GrantEventListenerFactory factory = new GrantEventListenerFactory();
    KeycloakSession session;

    LoginCompletionTestBase(Engine engine) {
        keycloak = new FakeKeycloak(TestDatabase.empty(engine));
        realm = keycloak.realm("realm");
        keycloak.provider("realm", "microsoft", Map.of());
        keycloak.user("realm", "ada");
        keycloak.link("realm", "ada", "microsoft", "subject");
        when(login.getAuthenticatedUser())
                .thenReturn(keycloak.user("realm", "ada").model());
        open();
    }

    final void open() {
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

    final void commit() {
        session.close();
        open();
    }

    final String capture(String subject) {
        return capture("realm", "microsoft", subject, login, FUTURE);
    }

    final String capture(
            String realmId, String alias, String subject, AuthenticationSessionModel owner, long expiresAt) {
        String id = LoginRows.capture(session, new Mailbox(realmId, alias, subject), owner, expiresAt);
        LoginRows.note(login, id);
        commit();
        return id;
    }

    static Event event(EventType type) {
        Event event = new Event();
        event.setType(type);
        event.setSessionId("session-1");
        event.setClientId("mail-app");
        event.setRealmName("realm-name");
        return event;
    }

    final void loggedIn() {
        loggedIn(event(EventType.LOGIN));
    }

    final void loggedIn(Event event) {
        factory.create(session).onEvent(event);
        commit();
        afterCompletion.forEach(KeycloakTransaction::begin);
        afterCompletion.forEach(KeycloakTransaction::commit);
        afterCompletion.clear();
    }

    final CaptureEntity row(String id) {
        return Captures.of(session).find(id).orElseThrow();
    }

    final void verifyNotMarked(String id) {
        assertThat(row(id).userId()).isNull();
        verifyNoInteractions(delivery);
    }
}
