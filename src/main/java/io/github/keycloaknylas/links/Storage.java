package io.github.keycloaknylas.links;

import jakarta.persistence.EntityManager;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.jpa.JpaUserProvider;
import org.keycloak.storage.DatastoreProvider;
import org.keycloak.storage.UserStoragePrivateUtil;
import org.keycloak.storage.UserStorageUtil;
import org.keycloak.storage.datastore.DefaultDatastoreProvider;
import org.keycloak.storage.jpa.JpaUserFederatedStorageProvider;

/** Checks which of Keycloak's tables are in use: those of a store that a server has replaced are empty. */
final class Storage {

    private Storage() {}

    /** Returns whether local and imported users are in Keycloak's tables. */
    static boolean hasLocalTables(KeycloakSession session) {
        return session.getProvider(DatastoreProvider.class) instanceof DefaultDatastoreProvider
                && UserStoragePrivateUtil.userLocalStorage(session) instanceof JpaUserProvider;
    }

    /** Returns whether Keycloak's data on {@code f:} users is in its tables. */
    static boolean hasFederatedTables(KeycloakSession session) {
        return UserStorageUtil.userFederatedStorage(session) instanceof JpaUserFederatedStorageProvider;
    }

    static EntityManager entityManager(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
