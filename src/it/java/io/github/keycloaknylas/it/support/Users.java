package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.server.TestRealm;
import java.util.List;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.RequiredActionProviderRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** What an administrator does to users. */
public final class Users {

    private Users() {}

    public static void setPassword(TestRealm realm, String userId, String password) {
        CredentialRepresentation credential = new CredentialRepresentation();
        credential.setType(CredentialRepresentation.PASSWORD);
        credential.setValue(password);
        realm.user(userId).resetPassword(credential);
    }

    public static void grantClientRole(TestRealm realm, String userId, String clientId, String role) {
        String client = realm.admin().clients().findByClientId(clientId).get(0).getId();
        realm.user(userId)
                .roles()
                .clientLevel(client)
                .add(List.of(
                        realm.admin().clients().get(client).roles().get(role).toRepresentation()));
    }

    public static void disable(TestRealm realm, String userId) {
        UserRepresentation user = realm.user(userId).toRepresentation();
        user.setEnabled(false);
        realm.user(userId).update(user);
    }

    /** Every user made from now on meets this action. */
    public static void requireOfNewUsers(TestRealm realm, String action) {
        RequiredActionProviderRepresentation provider = realm.admin().flows().getRequiredAction(action);
        provider.setEnabled(true);
        provider.setDefaultAction(true);
        realm.admin().flows().updateRequiredAction(action, provider);
    }
}
