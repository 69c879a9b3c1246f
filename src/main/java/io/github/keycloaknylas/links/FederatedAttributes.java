package io.github.keycloaknylas.links;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.storage.UserStorageUtil;
import org.keycloak.storage.federated.UserFederatedStorageProvider;

/** Attributes of {@code f:} users, for whom Keycloak itself stores only such additions. */
final class FederatedAttributes implements UserAttributes {

    private static final String KNOWN = "select u.id from FederatedUser u where u.id = :id and u.realmId = :realm";

    // Every user with a link is in this table, and removing the user or the federation empties it. Other stores give
    // no answer.
    @Override
    public boolean exists(KeycloakSession session, RealmModel realm, String userId) {
        return !Storage.hasFederatedTables(session)
                || Storage.entityManager(session)
                        .createQuery(KNOWN, String.class)
                        .setParameter("id", userId)
                        .setParameter("realm", realm.getId())
                        .getResultStream()
                        .anyMatch(userId::equals);
    }

    @Override
    public Optional<String> read(KeycloakSession session, RealmModel realm, String userId, String name) {
        return Optional.ofNullable(store(session).getAttributes(realm, userId).getFirst(name));
    }

    @Override
    public boolean write(KeycloakSession session, RealmModel realm, String userId, String name, String value) {
        return change(session, realm, userId, () -> store(session).setSingleAttribute(realm, userId, name, value));
    }

    @Override
    public boolean remove(KeycloakSession session, RealmModel realm, String userId, String name) {
        return change(session, realm, userId, () -> store(session).removeAttribute(realm, userId, name));
    }

    private boolean change(KeycloakSession session, RealmModel realm, String userId, Runnable change) {
        if (!exists(session, realm, userId)) {
            return false;
        }
        change.run();
        CachedUsers.evict(session, realm, new FederatedId(userId));
        return true;
    }

    private static UserFederatedStorageProvider store(KeycloakSession session) {
        return UserStorageUtil.userFederatedStorage(session);
    }
}
