package io.github.keycloaknylas.links;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.support.store.KeycloakTables;
import io.github.keycloaknylas.support.store.TestDatabase;
import jakarta.persistence.EntityManager;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.cache.UserCache;
import org.keycloak.models.jpa.JpaUserProvider;
import org.keycloak.models.jpa.entities.FederatedIdentityEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.storage.DatastoreProvider;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.datastore.DefaultDatastoreProvider;
import org.keycloak.storage.federated.UserFederatedStorageProvider;
import org.keycloak.storage.jpa.JpaUserFederatedStorageProvider;
import org.keycloak.storage.jpa.entity.BrokerLinkEntity;
import org.keycloak.storage.jpa.entity.FederatedUser;

/** A session on Keycloak's tables with Keycloak's own stores behind it. Its user provider fails whoever asks it. */
final class Users {

    static final String REALM = "realm";

    final KeycloakSession session = mock(KeycloakSession.class);
    final UserCache cache = mock(UserCache.class);
    final List<String> queries = new ArrayList<>();
    private final EntityManager em;
    private final DefaultDatastoreProvider datastore = mock(DefaultDatastoreProvider.class);

    Users(TestDatabase database) {
        KeycloakTables.empty(database);
        em = recording(database.entityManager());
        em.getTransaction().begin();
        JpaConnectionProvider connection = mock(JpaConnectionProvider.class);
        when(connection.getEntityManager()).thenReturn(em);
        when(session.getProvider(JpaConnectionProvider.class)).thenReturn(connection);
        when(session.getProvider(DatastoreProvider.class)).thenReturn(datastore);
        when(session.getProvider(UserCache.class)).thenReturn(cache);
        when(session.users()).thenThrow(new AssertionError("A user directory was asked"));
        keepLocalUsersIn(new JpaUserProvider(session, em));
        keepFederatedUsersIn(new JpaUserFederatedStorageProvider(session, em));
    }

    void keepLocalUsersIn(UserProvider store) {
        when(datastore.userLocalStorage()).thenReturn(store);
    }

    void keepFederatedUsersIn(UserFederatedStorageProvider store) {
        when(session.getProvider(UserFederatedStorageProvider.class)).thenReturn(store);
    }

    void keepEverythingIn(DatastoreProvider store) {
        when(session.getProvider(DatastoreProvider.class)).thenReturn(store);
    }

    static RealmModel realm(String id) {
        RealmModel realm = mock(RealmModel.class);
        when(realm.getId()).thenReturn(id);
        return realm;
    }

    void local(String id) {
        UserEntity user = new UserEntity();
        user.setId(id);
        user.setUsername(id + "-name");
        user.setRealmId(REALM);
        em.persist(user);
    }

    void federated(String id) {
        FederatedUser user = new FederatedUser();
        user.setId(id);
        user.setRealmId(REALM);
        em.persist(user);
    }

    /** Links a user whom {@link #local} or {@link #federated} has made. */
    void link(String realmId, String userId, String alias, String subject) {
        if (StorageId.isLocalStorage(userId)) {
            FederatedIdentityEntity link = new FederatedIdentityEntity();
            link.setUser(em.getReference(UserEntity.class, userId));
            link.setRealmId(realmId);
            link.setIdentityProvider(alias);
            link.setUserId(subject);
            link.setToken("a stored token");
            em.persist(link);
        } else {
            BrokerLinkEntity link = new BrokerLinkEntity();
            link.setUserId(userId);
            link.setRealmId(realmId);
            link.setIdentityProvider(alias);
            link.setBrokerUserId(subject);
            link.setToken("a stored token");
            em.persist(link);
        }
    }

    /** Writes what is pending and forgets it, so that the next look is one at the tables. */
    void settle() {
        em.flush();
        em.clear();
        queries.clear();
    }

    private EntityManager recording(EntityManager real) {
        return (EntityManager) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {EntityManager.class}, (proxy, method, given) -> {
                    if (method.getName().equals("createQuery")) {
                        queries.add((String) given[0]);
                    }
                    try {
                        return method.invoke(real, given);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
