package io.github.keycloaknylas.capture;

import io.github.keycloaknylas.support.store.InterfaceStub;
import java.util.HashMap;
import java.util.Map;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/** The authentication session of one tab: its client notes and, once it is known, its user. */
final class TabLogin {

    private final Map<String, String> notes = new HashMap<>();
    private UserModel user;

    private TabLogin() {}

    static AuthenticationSessionModel in(String tab) {
        return new TabLogin().model(tab);
    }

    private AuthenticationSessionModel model(String tab) {
        RootAuthenticationSessionModel root = InterfaceStub.of(
                RootAuthenticationSessionModel.class,
                Map.of("getId", given -> "root", "getAuthenticationSessions", given -> Map.of(tab, tab)));
        ClientModel client = InterfaceStub.of(ClientModel.class, Map.of("getClientId", given -> "mail-app"));
        return InterfaceStub.of(
                AuthenticationSessionModel.class,
                Map.of(
                        "getParentSession",
                        given -> root,
                        "getTabId",
                        given -> tab,
                        "getClient",
                        given -> client,
                        "getClientNote",
                        given -> notes.get((String) given[0]),
                        "setClientNote",
                        given -> notes.put((String) given[0], (String) given[1]),
                        "getAuthenticatedUser",
                        given -> user,
                        "setAuthenticatedUser",
                        given -> user = (UserModel) given[0]));
    }
}
