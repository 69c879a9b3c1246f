package io.github.keycloaknylas.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.capture.Captures;
import io.github.keycloaknylas.capture.LoginRows;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.UserModel;

/** Whose capture it is not, or who may have none, marks nothing. */
@OnEveryDatabase
class UnmarkedLoginTest extends LoginCompletionTestBase {

    UnmarkedLoginTest(Engine engine) {
        super(engine);
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
    void ofSeveralCapturesOfOneProviderTheNewestCountsAndTheOthersAreErased() {
        String older = capture("subject");
        String newer = capture("somebody else");

        loggedIn();

        verifyNotMarked(older);
        verifyNotMarked(newer);
        assertThat(row(older).isSpent()).isTrue();
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
        assertThat(Captures.of(session).marked(Captures.Cursor.START, 10)).isEmpty();
    }

    @Test
    void withoutAMapperNobodyIsOfTheAudience() {
        keycloak.bareProvider("realm", "microsoft");
        String id = capture("subject");

        loggedIn();

        assertThat(row(id).isSpent()).isTrue();
    }
}
