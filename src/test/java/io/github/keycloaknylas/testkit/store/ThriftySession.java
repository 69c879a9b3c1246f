package io.github.keycloaknylas.testkit.store;

import jakarta.persistence.EntityManager;
import java.util.Map;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.IdentityProviderStorageProvider;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmProvider;
import org.keycloak.models.UserProvider;

/** What a {@link PlayedSession} is to workers, without a mock: one transaction, which its end commits. */
final class ThriftySession {

    private final TestDatabase database;
    private EntityManager em;
    private RealmModel realm;
    private boolean rollbackOnly;

    private ThriftySession(TestDatabase database) {
        this.database = database;
    }

    static KeycloakSession open(
            TestDatabase database, RealmProvider realms, UserProvider users, PlayedKeycloak keycloak) {
        return new ThriftySession(database).model(realms, users, keycloak);
    }

    private KeycloakSession model(RealmProvider realms, UserProvider users, PlayedKeycloak keycloak) {
        KeycloakContext context = Stand.in(
                KeycloakContext.class,
                Map.of("getRealm", given -> realm, "setRealm", given -> realm = (RealmModel) given[0]));
        KeycloakTransactionManager transactions =
                Stand.in(KeycloakTransactionManager.class, Map.of("setRollbackOnly", given -> rollbackOnly = true));
        IdentityProviderStorageProvider providers = Stand.in(
                IdentityProviderStorageProvider.class,
                Map.of(
                        "getByAlias",
                        given -> keycloak.provider(realm, (String) given[0]),
                        "getMappersByAliasStream",
                        given -> keycloak.mappers(realm, (String) given[0])));
        JpaConnectionProvider connection =
                Stand.in(JpaConnectionProvider.class, Map.of("getEntityManager", given -> entityManager()));
        return Stand.in(
                KeycloakSession.class,
                Map.of(
                        "getContext",
                        given -> context,
                        "getTransactionManager",
                        given -> transactions,
                        "realms",
                        given -> realms,
                        "users",
                        given -> users,
                        "identityProviders",
                        given -> providers,
                        "getProvider",
                        given -> given[0] == JpaConnectionProvider.class ? connection : null,
                        "close",
                        given -> end()));
    }

    private EntityManager entityManager() {
        if (em == null) {
            em = database.entityManager();
            em.getTransaction().begin();
        }
        return em;
    }

    private Object end() {
        if (em != null) {
            try (EntityManager open = em) {
                if (rollbackOnly) {
                    open.getTransaction().rollback();
                } else {
                    open.getTransaction().commit();
                }
            }
        }
        return null;
    }
}
