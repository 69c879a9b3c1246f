package io.github.keycloaknylas.support.store;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.IdentityProviderStorageProvider;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmProvider;
import org.keycloak.models.UserProvider;
import org.keycloak.vault.VaultTranscriber;

/** One session, which is one transaction: its end commits, unless it was set to roll back. */
final class FakeSession {

    private final Map<String, Object> attributes = new HashMap<>();
    private final Optional<TestDatabase> database;
    private final KeycloakSession model =
            mock(KeycloakSession.class, withSettings().stubOnly());
    private final SessionTransaction transaction = new SessionTransaction();
    private JpaConnectionProvider connection;
    private RealmModel realm;

    FakeSession(FakeKeycloak keycloak, Optional<TestDatabase> database) {
        this.database = database;
        KeycloakContext context = mock(KeycloakContext.class, withSettings().stubOnly());
        KeycloakTransactionManager transactions =
                mock(KeycloakTransactionManager.class, withSettings().stubOnly());
        RealmProvider realms = keycloak.realmProvider();
        UserProvider users = keycloak.userProvider();
        IdentityProviderStorageProvider providers = keycloak.providers().model(() -> realm);
        VaultTranscriber vault = keycloak.vaultTranscriber();
        doAnswer(call -> realm = call.getArgument(0)).when(context).setRealm(any());
        when(context.getRealm()).thenAnswer(call -> realm);
        doAnswer(call -> {
                    transaction.setRollbackOnly();
                    return null;
                })
                .when(transactions)
                .setRollbackOnly();
        doAnswer(call -> {
                    transaction.prepare(call.getArgument(0));
                    return null;
                })
                .when(transactions)
                .enlistPrepare(any());
        when(model.getContext()).thenReturn(context);
        when(model.getTransactionManager()).thenReturn(transactions);
        when(model.realms()).thenReturn(realms);
        when(model.users()).thenReturn(users);
        when(model.identityProviders()).thenReturn(providers);
        when(model.vault()).thenReturn(vault);
        when(model.getAttribute(any())).thenAnswer(call -> attributes.get(call.<String>getArgument(0)));
        when(model.getAttribute(any(), any())).thenAnswer(call -> attributes.get(call.<String>getArgument(0)));
        doAnswer(call -> attributes.put(call.getArgument(0), call.getArgument(1)))
                .when(model)
                .setAttribute(any(), any());
        when(model.getProvider(JpaConnectionProvider.class)).thenAnswer(call -> connection());
        doAnswer(call -> {
                    transaction.end();
                    return null;
                })
                .when(model)
                .close();
    }

    KeycloakSession model() {
        return model;
    }

    private JpaConnectionProvider connection() {
        if (connection == null) {
            EntityManager em = transaction.in(database.orElseThrow());
            connection = mock(JpaConnectionProvider.class, withSettings().stubOnly());
            when(connection.getEntityManager()).thenReturn(em);
        }
        return connection;
    }
}
