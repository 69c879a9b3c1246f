package io.github.keycloaknylas.setup;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.RETURNS_SELF;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.github.keycloaknylas.admin.NylasAdminResource;
import io.github.keycloaknylas.admin.NylasAdminResourceFactory;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.TestDatabase;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.keycloak.Config;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderStorageProvider;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ProtocolMapperModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmProvider;
import org.keycloak.representations.userprofile.config.UPConfig;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;
import org.keycloak.services.resources.admin.fgap.ClientPermissionEvaluator;
import org.keycloak.services.resources.admin.fgap.RealmPermissionEvaluator;
import org.keycloak.userprofile.UserProfileProvider;
import org.keycloak.vault.VaultStringSecret;
import org.keycloak.vault.VaultTranscriber;

/** A realm in memory, whose mappers bring their own connection: the key is in its vault, Nylas is a fake. */
public final class FakeRealm implements AutoCloseable {

    public static final String API_KEY = "nyk_secret_of_the_realm";
    private static final String SEAL_KEY = "keycloak.nylas-seal-key.default.secret";

    public final FakeNylas nylas = new FakeNylas();
    public final List<String> writes = new ArrayList<>();
    public final RealmPermissionEvaluator realmRights = mock(RealmPermissionEvaluator.class);
    public final ClientPermissionEvaluator clientRights = mock(ClientPermissionEvaluator.class);
    public final AdminEventBuilder event =
            mock(AdminEventBuilder.class, withSettings().defaultAnswer(RETURNS_SELF));
    final KeycloakSession session = mock(KeycloakSession.class);
    final RealmModel realm = mock(RealmModel.class);
    final EntityManager em = TestDatabase.empty(Engine.H2).entityManager();
    public final NylasAdminResource resource;

    private final CloseableHttpClient http = HttpClients.createDefault();
    private final Map<String, IdentityProviderModel> providers = new HashMap<>();
    private final List<IdentityProviderMapperModel> mappers = new ArrayList<>();
    private UPConfig profile = new UPConfig();

    public FakeRealm() throws IOException {
        Config.init(new Config.SystemPropertiesConfigProvider());
        System.setProperty(SEAL_KEY, Base64.getEncoder().encodeToString(new byte[32]));
        when(realm.getId()).thenReturn("r");
        when(realm.getName()).thenReturn("demo");
        KeycloakContext context = mock(KeycloakContext.class);
        when(context.getRealm()).thenReturn(realm);
        when(session.getContext()).thenReturn(context);
        when(session.realms()).thenReturn(mock(RealmProvider.class));
        playProviders();
        playVault();
        playUserProfile();
        playClientScopes();
        playTables();
        HttpClientProvider httpProvider = mock(HttpClientProvider.class);
        when(httpProvider.getHttpClient()).thenReturn(http);
        when(session.getProvider(HttpClientProvider.class)).thenReturn(httpProvider);
        AdminPermissionEvaluator auth = mock(AdminPermissionEvaluator.class);
        when(auth.realm()).thenReturn(realmRights);
        when(auth.clients()).thenReturn(clientRights);
        resource = (NylasAdminResource) new NylasAdminResourceFactory().getResource(session, realm, auth, event);
    }

    public void add(IdentityProviderModel provider, Map<String, String> settings) {
        providers.put(provider.getAlias(), provider);
        Map<String, String> own = new HashMap<>(Map.of("apiUrl", nylas.url(), "apiKey", "${vault.nylas}"));
        own.putAll(settings);
        mappers.add(Samples.mapper(provider.getAlias(), "m" + mappers.size(), own));
    }

    public void remove(String alias) {
        providers.remove(alias);
        mappers.removeIf(mapper -> mapper.getIdentityProviderAlias().equals(alias));
    }

    private void playProviders() {
        IdentityProviderStorageProvider storage = mock(IdentityProviderStorageProvider.class);
        when(storage.getMappersStream()).thenAnswer(call -> mappers.stream());
        when(storage.getMappersByAliasStream(anyString()))
                .thenAnswer(call -> mappers.stream()
                        .filter(mapper -> mapper.getIdentityProviderAlias().equals(call.getArgument(0))));
        when(storage.getByAlias(anyString())).thenAnswer(call -> providers.get(call.<String>getArgument(0)));
        when(session.identityProviders()).thenReturn(storage);
    }

    private void playVault() {
        VaultStringSecret secret = mock(VaultStringSecret.class);
        when(secret.get()).thenReturn(Optional.of(API_KEY));
        VaultStringSecret nothing = mock(VaultStringSecret.class);
        when(nothing.get()).thenReturn(Optional.empty());
        VaultTranscriber vault = mock(VaultTranscriber.class);
        when(vault.getStringSecret(anyString())).thenReturn(nothing);
        when(vault.getStringSecret("${vault.nylas}")).thenReturn(secret);
        when(session.vault()).thenReturn(vault);
    }

    private void playUserProfile() {
        profile.setAttributes(new ArrayList<>());
        UserProfileProvider provider = mock(UserProfileProvider.class);
        when(provider.getConfiguration()).thenAnswer(call -> profile.clone());
        doAnswer(call -> {
                    writes.add("user profile");
                    profile = call.getArgument(0);
                    return null;
                })
                .when(provider)
                .setConfiguration(any());
        when(session.getProvider(UserProfileProvider.class)).thenReturn(provider);
    }

    private void playClientScopes() {
        List<ClientScopeModel> scopes = new ArrayList<>();
        List<ProtocolMapperModel> claims = new ArrayList<>();
        ClientScopeModel scope = mock(ClientScopeModel.class);
        when(scope.getName()).thenReturn("nylas");
        when(scope.getProtocol()).thenReturn("openid-connect");
        when(scope.getProtocolMappersStream()).thenAnswer(call -> claims.stream());
        when(scope.addProtocolMapper(any())).thenAnswer(call -> {
            writes.add("claims mapper");
            claims.add(call.getArgument(0));
            return call.getArgument(0);
        });
        when(realm.getClientScopesStream()).thenAnswer(call -> scopes.stream());
        when(realm.addClientScope(anyString())).thenAnswer(call -> {
            writes.add("client scope");
            scopes.add(scope);
            return scope;
        });
    }

    private void playTables() {
        JpaConnectionProvider tables = mock(JpaConnectionProvider.class);
        when(tables.getEntityManager()).thenReturn(em);
        when(session.getProvider(JpaConnectionProvider.class)).thenReturn(tables);
    }

    @Override
    public void close() throws IOException {
        em.close();
        System.clearProperty(SEAL_KEY);
        nylas.close();
        http.close();
    }
}
