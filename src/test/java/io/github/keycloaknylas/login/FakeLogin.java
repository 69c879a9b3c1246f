package io.github.keycloaknylas.login;

import io.github.keycloaknylas.delivery.Delivery;
import io.github.keycloaknylas.support.store.FakeKeycloak;
import io.github.keycloaknylas.support.store.InterfaceStub;
import java.time.InstantSource;
import java.util.Map;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The end of a login: it gives the real listener the event that Keycloak sends. */
public final class FakeLogin {

    private static final String OWN = "own";
    private static final String IMPERSONATED = "impersonated";

    private final LoginCompletion completion;

    public FakeLogin(FakeKeycloak keycloak, InstantSource clock) {
        completion = new LoginCompletion(clock);
        UserSessionModel own = InterfaceStub.of(UserSessionModel.class, Map.of());
        UserSessionModel impersonated = InterfaceStub.of(UserSessionModel.class, Map.of("getNote", given -> "admin"));
        keycloak.provide(
                UserSessionProvider.class,
                InterfaceStub.of(
                        UserSessionProvider.class,
                        Map.of("getUserSession", given -> IMPERSONATED.equals(given[1]) ? impersonated : own)));
        keycloak.provide(Delivery.class, InterfaceStub.of(Delivery.class, Map.of()));
    }

    public void complete(
            KeycloakSession session, AuthenticationSessionModel login, UserModel user, boolean impersonated) {
        login.setAuthenticatedUser(user);
        session.getContext().setAuthenticationSession(login);
        Event event = new Event();
        event.setType(EventType.LOGIN);
        event.setSessionId(impersonated ? IMPERSONATED : OWN);
        event.setClientId("mail-app");
        event.setRealmName(session.getContext().getRealm().getName());
        new GrantEventListener(session, completion).onEvent(event);
    }
}
