package io.github.keycloaknylas.links;

import jakarta.persistence.EntityGraph;
import jakarta.persistence.EntityManager;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.storage.UserStoragePrivateUtil;

/** Attributes of local and imported users. Those of an imported user are not written back to the directory. */
final class LocalAttributes implements UserAttributes {

    @Override
    public boolean exists(KeycloakSession session, RealmModel realm, String userId) {
        return find(session, realm, userId).isPresent();
    }

    @Override
    public Optional<String> read(KeycloakSession session, RealmModel realm, String userId, String name) {
        return find(session, realm, userId).map(user -> user.getFirstAttribute(name));
    }

    @Override
    public boolean write(KeycloakSession session, RealmModel realm, String userId, String name, String value) {
        return change(session, realm, userId, user -> user.setSingleAttribute(name, value));
    }

    @Override
    public boolean remove(KeycloakSession session, RealmModel realm, String userId, String name) {
        return change(session, realm, userId, user -> user.removeAttribute(name));
    }

    private static boolean change(
            KeycloakSession session, RealmModel realm, String userId, Consumer<UserModel> change) {
        Optional<UserModel> user = find(session, realm, userId);
        user.ifPresent(known -> {
            change.accept(known);
            CachedUsers.evict(session, realm, known);
        });
        return user.isPresent();
    }

    private static Optional<UserModel> find(KeycloakSession session, RealmModel realm, String userId) {
        if (Storage.hasLocalTables(session)) {
            readTogether(Storage.entityManager(session), userId);
        }
        return Optional.ofNullable(
                UserStoragePrivateUtil.userLocalStorage(session).getUserById(realm, userId));
    }

    // Keycloak finds the user in the session then, and does not select the attributes by a statement of their own.
    private static void readTogether(EntityManager em, String userId) {
        EntityGraph<UserEntity> together = em.createEntityGraph(UserEntity.class);
        together.addAttributeNodes("attributes");
        em.find(UserEntity.class, userId, Map.of("jakarta.persistence.loadgraph", together));
    }
}
