package io.github.keycloaknylas.login;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.github.keycloaknylas.delivery.Delivery;
import java.time.InstantSource;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The end of a login: it gives the real listener the event that Keycloak sends. */
public final class PlayedLogin {

    private static final String OWN = "own";
    private static final String IMPERSONATED = "impersonated";

    private final LoginCompletion completion;
    private final Delivery delivery = mock(Delivery.class, withSettings().stubOnly());
    private final UserSessionProvider sessions =
            mock(UserSessionProvider.class, withSettings().stubOnly());

    public PlayedLogin(InstantSource clock) {
        completion = new LoginCompletion(clock);
        UserSessionModel own = mock(UserSessionModel.class, withSettings().stubOnly());
        UserSessionModel impersonated =
                mock(UserSessionModel.class, withSettings().stubOnly());
        when(impersonated.getNote(ImpersonationSessionNote.IMPERSONATOR_ID.toString()))
                .thenReturn("admin");
        when(sessions.getUserSession(any(), any()))
                .thenAnswer(call -> IMPERSONATED.equals(call.getArgument(1)) ? impersonated : own);
    }

    public void complete(
            KeycloakSession session, AuthenticationSessionModel login, UserModel user, boolean impersonated) {
        when(login.getAuthenticatedUser()).thenReturn(user);
        when(session.sessions()).thenReturn(sessions);
        when(session.getProvider(Delivery.class)).thenReturn(delivery);
        when(session.getContext().getAuthenticationSession()).thenReturn(login);
        Event event = new Event();
        event.setType(EventType.LOGIN);
        event.setSessionId(impersonated ? IMPERSONATED : OWN);
        event.setClientId("mail-app");
        event.setRealmName(session.getContext().getRealm().getName());
        new GrantEventListener(session, completion).onEvent(event);
    }
}
