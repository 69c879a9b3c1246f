package io.github.keycloaknylas.support.store;

import java.util.HashMap;
import java.util.Map;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.IdentityProviderStorageProvider;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransaction;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionProvider;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What a {@link FakeSession} is, without a mock: one transaction, which its end commits. */
final class LightweightSession {

    private final FakeKeycloak keycloak;
    private final TestDatabase database;
    private final Map<String, Object> attributes = new HashMap<>();
    private final SessionTransaction transaction = new SessionTransaction();
    private RealmModel realm;
    private AuthenticationSessionModel login;

    LightweightSession(FakeKeycloak keycloak, TestDatabase database) {
        this.keycloak = keycloak;
        this.database = database;
    }

    KeycloakSession model() {
        KeycloakContext context = InterfaceStub.of(
                KeycloakContext.class,
                Map.of(
                        "getRealm",
                        given -> realm,
                        "setRealm",
                        given -> realm = (RealmModel) given[0],
                        "getAuthenticationSession",
                        given -> login,
                        "setAuthenticationSession",
                        given -> login = (AuthenticationSessionModel) given[0]));
        KeycloakTransactionManager transactions = InterfaceStub.of(
                KeycloakTransactionManager.class,
                Map.of("setRollbackOnly", given -> rollback(), "enlistPrepare", given -> prepare(given[0])));
        IdentityProviderStorageProvider providers = InterfaceStub.of(
                IdentityProviderStorageProvider.class,
                Map.of(
                        "getByAlias",
                        given -> keycloak.providers().find(realm, (String) given[0]),
                        "getMappersByAliasStream",
                        given -> keycloak.providers().mappers(realm, (String) given[0])));
        JpaConnectionProvider connection = InterfaceStub.of(
                JpaConnectionProvider.class, Map.of("getEntityManager", given -> transaction.in(database)));
        return InterfaceStub.of(
                KeycloakSession.class,
                Map.ofEntries(
                        Map.entry("getContext", given -> context),
                        Map.entry("getTransactionManager", given -> transactions),
                        Map.entry("realms", given -> keycloak.realmProvider()),
                        Map.entry("users", given -> keycloak.userProvider()),
                        Map.entry("sessions", given -> keycloak.provided(UserSessionProvider.class)),
                        Map.entry("identityProviders", given -> providers),
                        Map.entry("vault", given -> keycloak.vaultTranscriber()),
                        Map.entry("getAttribute", given -> attributes.get((String) given[0])),
                        Map.entry("setAttribute", given -> attributes.put((String) given[0], given[1])),
                        Map.entry(
                                "getProvider",
                                given -> given[0] == JpaConnectionProvider.class
                                        ? connection
                                        : keycloak.provided((Class<?>) given[0])),
                        Map.entry("close", given -> end())));
    }

    private Object rollback() {
        transaction.setRollbackOnly();
        return null;
    }

    private Object prepare(Object step) {
        transaction.prepare((KeycloakTransaction) step);
        return null;
    }

    private Object end() {
        transaction.end();
        return null;
    }
}
