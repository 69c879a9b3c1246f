package io.github.keycloaknylas.testkit.store;

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
    private final SessionTransaction transaction = new SessionTransaction();
    private RealmModel realm;

    private ThriftySession(TestDatabase database) {
        this.database = database;
    }

    static KeycloakSession open(
            TestDatabase database, RealmProvider realms, UserProvider users, PlayedProviders providers) {
        return new ThriftySession(database).model(realms, users, providers);
    }

    private KeycloakSession model(RealmProvider realms, UserProvider users, PlayedProviders providers) {
        KeycloakContext context = Stand.in(
                KeycloakContext.class,
                Map.of("getRealm", given -> realm, "setRealm", given -> realm = (RealmModel) given[0]));
        KeycloakTransactionManager transactions =
                Stand.in(KeycloakTransactionManager.class, Map.of("setRollbackOnly", given -> rollback()));
        IdentityProviderStorageProvider identityProviders = Stand.in(
                IdentityProviderStorageProvider.class,
                Map.of(
                        "getByAlias",
                        given -> providers.find(realm, (String) given[0]),
                        "getMappersByAliasStream",
                        given -> providers.mappers(realm, (String) given[0])));
        JpaConnectionProvider connection =
                Stand.in(JpaConnectionProvider.class, Map.of("getEntityManager", given -> transaction.in(database)));
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
                        given -> identityProviders,
                        "getProvider",
                        given -> given[0] == JpaConnectionProvider.class ? connection : null,
                        "close",
                        given -> end()));
    }

    private Object rollback() {
        transaction.setRollbackOnly();
        return null;
    }

    private Object end() {
        transaction.end();
        return null;
    }
}
