package io.github.keycloaknylas.links;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.storage.StorageId;

/** Attributes in Keycloak's own storage: beside the user, or in the federated storage for {@code f:} users. */
public final class StoredUserAttributes implements UserAttributes {

    private final UserAttributes local = new LocalAttributes();
    private final UserAttributes federated = new FederatedAttributes();

    /** Has no state, so one instance is enough. */
    public StoredUserAttributes() {}

    @Override
    public boolean exists(KeycloakSession session, RealmModel realm, String userId) {
        return of(userId).exists(session, realm, userId);
    }

    @Override
    public Optional<String> read(KeycloakSession session, RealmModel realm, String userId, String name) {
        return of(userId).read(session, realm, userId, name);
    }

    @Override
    public boolean write(KeycloakSession session, RealmModel realm, String userId, String name, String value) {
        return of(userId).write(session, realm, userId, name, value);
    }

    @Override
    public boolean remove(KeycloakSession session, RealmModel realm, String userId, String name) {
        return of(userId).remove(session, realm, userId, name);
    }

    private UserAttributes of(String userId) {
        return StorageId.isLocalStorage(userId) ? local : federated;
    }
}
