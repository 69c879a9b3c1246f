package io.github.keycloaknylas.links;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.support.store.KeycloakTables;
import io.github.keycloaknylas.support.store.TestDatabase;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.cache.UserCache;
import org.keycloak.models.jpa.JpaUserProvider;
import org.keycloak.models.jpa.entities.FederatedIdentityEntity;
import org.keycloak.models.jpa.entities.UserAttributeEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.storage.DatastoreProvider;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.datastore.DefaultDatastoreProvider;
import org.keycloak.storage.federated.UserFederatedStorageProvider;
import org.keycloak.storage.jpa.JpaUserFederatedStorageProvider;
import org.keycloak.storage.jpa.entity.BrokerLinkEntity;
import org.keycloak.storage.jpa.entity.FederatedUser;
import org.keycloak.storage.jpa.entity.FederatedUserAttributeEntity;

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
        local(id, REALM);
    }

    void local(String id, String realmId) {
        UserEntity user = new UserEntity();
        user.setId(id);
        user.setUsername(id + "-name");
        user.setRealmId(realmId);
        user.setEnabled(true);
        em.persist(user);
    }

    /** A user whom a directory has supplied. */
    void imported(String id) {
        local(id);
        em.find(UserEntity.class, id).setFederationLink("ldap");
    }

    /** Disables a user, as the console does for local and imported users. */
    void disable(String id) {
        em.find(UserEntity.class, id).setEnabled(false);
    }

    /** An attribute beside the user, or in the federated storage. */
    void attribute(String id, String name, String value) {
        if (StorageId.isLocalStorage(id)) {
            UserAttributeEntity attribute = new UserAttributeEntity();
            attribute.setId(UUID.randomUUID().toString());
            attribute.setUser(em.getReference(UserEntity.class, id));
            attribute.setName(name);
            attribute.setValue(value);
            em.persist(attribute);
        } else {
            FederatedUserAttributeEntity attribute = new FederatedUserAttributeEntity();
            attribute.setId(UUID.randomUUID().toString());
            attribute.setUserId(id);
            attribute.setRealmId(REALM);
            attribute.setName(name);
            attribute.setValue(value);
            em.persist(attribute);
        }
    }

    void role(String id) {
        insert("KEYCLOAK_ROLE (ID, CLIENT_ROLE) values (?1, false)", id);
    }

    /** A role that contains another. */
    void contains(String composite, String child) {
        insert("COMPOSITE_ROLE (COMPOSITE, CHILD_ROLE) values (?1, ?2)", composite, child);
    }

    void hasRole(String userId, String roleId) {
        insert("USER_ROLE_MAPPING (USER_ID, ROLE_ID) values (?1, ?2)", userId, roleId);
    }

    /** A group below another, or at the top if the parent is blank. */
    void group(String id, String parent) {
        insert("KEYCLOAK_GROUP (ID, PARENT_GROUP, TYPE) values (?1, ?2, 0)", id, parent);
    }

    void groupHasRole(String groupId, String roleId) {
        insert("GROUP_ROLE_MAPPING (GROUP_ID, ROLE_ID) values (?1, ?2)", groupId, roleId);
    }

    void isIn(String userId, String groupId) {
        insert(
                "USER_GROUP_MEMBERSHIP (USER_ID, GROUP_ID, MEMBERSHIP_TYPE) values (?1, ?2, 'UNMANAGED')",
                userId,
                groupId);
    }

    private void insert(String row, String... values) {
        em.flush();
        Query insert = em.createNativeQuery("insert into " + row);
        for (int i = 0; i < values.length; i++) {
            insert.setParameter(i + 1, values[i]);
        }
        insert.executeUpdate();
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

    /** Removes what is stored with a link. */
    void withoutToken(String userId, String alias) {
        em.createQuery("update FederatedIdentityEntity f set f.token = null where f.user.id = :user"
                        + " and f.identityProvider = :alias")
                .setParameter("user", userId)
                .setParameter("alias", alias)
                .executeUpdate();
        settle();
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
