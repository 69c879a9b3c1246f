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
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransaction;
import org.keycloak.models.UserModel;

/** A completed login marks what it captured, and wakes the workers once. */
@OnEveryDatabase
class LoginCompletionTest extends LoginCompletionTestBase {

    LoginCompletionTest(Engine engine) {
        super(engine);
    }

    @Test
    void aLoginThatCompletesForTheLinkedUserMarksItsCaptureAndNudgesOnce() {
        String id = capture("subject");

        loggedIn();

        assertThat(row(id).userId()).isEqualTo("ada");
        assertThat(Captures.of(session).marked(Captures.Cursor.START, 10))
                .extracting(CaptureEntity::id)
                .containsExactly(id);
        verify(delivery).wake();
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
                .wake();

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
        verify(delivery).wake();
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
    void aClassThatDoesNotLinkFailsNoLogin() {
        String id = capture("subject");
        when(session.sessions()).thenThrow(new NoClassDefFoundError("org/keycloak/Gone"));

        assertThatCode(this::loggedIn).doesNotThrowAnyException();

        verifyNotMarked(id);
    }

    @Test
    void workersThatCannotBeWokenFailNoLogin() {
        capture("subject");
        org.mockito.Mockito.doThrow(new OutOfMemoryError("unable to create native thread"))
                .when(delivery)
                .wake();

        assertThatCode(this::loggedIn).doesNotThrowAnyException();
    }

    @Test
    void theListenerIsActiveInEveryRealmWithNothingToSwitchOn() {
        assertThat(factory.isGlobal()).isTrue();
    }
}
