package io.github.keycloaknylas.testkit.store;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.github.keycloaknylas.config.MapperProperties;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderStorageProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmProvider;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.vault.VaultStringSecret;
import org.keycloak.vault.VaultTranscriber;

/**
 * As much of Keycloak as a worker meets: realms, users, links, providers with our mapper and a vault. A session is one
 * transaction, which its end commits.
 */
public final class PlayedKeycloak {

    private final Map<String, RealmModel> realms = new ConcurrentHashMap<>();
    private final Map<String, PlayedUser> users = new ConcurrentHashMap<>();
    private final Map<String, FederatedIdentityModel> links = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> providers = new ConcurrentHashMap<>();
    private final Map<String, String> vault = new ConcurrentHashMap<>();
    private final Map<Class<?>, Object> served = new ConcurrentHashMap<>();
    private final TestDatabase database;
    private final RealmProvider realmProvider = newRealmProvider();
    private final UserProvider userProvider = newUserProvider();
    private final VaultTranscriber vaultTranscriber = newVaultTranscriber();
    private volatile RuntimeException userStoreFailure;

    public PlayedKeycloak(TestDatabase database) {
        this.database = database;
    }

    public KeycloakSessionFactory factory() {
        KeycloakSessionFactory factory =
                mock(KeycloakSessionFactory.class, withSettings().stubOnly());
        when(factory.create()).thenAnswer(call -> session());
        return factory;
    }

    public RealmModel realm(String id) {
        return realms.computeIfAbsent(id, missing -> {
            RealmModel realm = mock(RealmModel.class, withSettings().stubOnly());
            when(realm.getId()).thenReturn(id);
            when(realm.getName()).thenReturn(id + "-name");
            return realm;
        });
    }

    public void removeRealm(String id) {
        realms.remove(id);
    }

    public PlayedUser user(String realmId, String id) {
        return users.computeIfAbsent(realmId + "/" + id, missing -> new PlayedUser(id));
    }

    /** A user as Keycloak finds it; nobody where there is none. */
    public Optional<UserModel> existing(String realmId, String id) {
        return Optional.ofNullable(model(realmId, id));
    }

    public void removeUser(String realmId, String id) {
        users.remove(realmId + "/" + id);
        links.keySet().removeIf(key -> key.startsWith(realmId + "/" + id + "/"));
    }

    public void link(String realmId, String userId, String alias, String subject) {
        links.put(realmId + "/" + userId + "/" + alias, new FederatedIdentityModel(alias, subject, subject));
    }

    public void unlink(String realmId, String userId, String alias) {
        links.remove(realmId + "/" + userId + "/" + alias);
    }

    /** A provider with our mapper. */
    public void provider(String realmId, String alias, Map<String, String> mapperSettings) {
        providers.put(realmId + "/" + alias, mapperSettings);
    }

    /** A provider without our mapper. */
    public void bareProvider(String realmId, String alias) {
        providers.put(realmId + "/" + alias, Map.of("bare", "bare"));
    }

    public void removeProvider(String realmId, String alias) {
        providers.remove(realmId + "/" + alias);
    }

    public Map<String, String> vault() {
        return vault;
    }

    /** As a directory that is down does; null for one that is up again. */
    public void failUserStore(RuntimeException failure) {
        userStoreFailure = failure;
    }

    /** Opens sessions that are no mocks, for tests that open a million of them. */
    public KeycloakSessionFactory thriftyFactory() {
        return Stand.in(KeycloakSessionFactory.class, Map.of("create", given -> thriftySession()));
    }

    public KeycloakSession thriftySession() {
        return new ThriftySession(this, database).model();
    }

    /** What a session of {@link #thriftySession()} answers when it is asked for this provider. */
    public <T> void provide(Class<T> type, T provider) {
        served.put(type, provider);
    }

    Object provided(Class<?> type) {
        return served.get(type);
    }

    public KeycloakSession session() {
        return new PlayedSession(this, Optional.ofNullable(database)).model();
    }

    RealmProvider realmProvider() {
        return realmProvider;
    }

    UserProvider userProvider() {
        return userProvider;
    }

    VaultTranscriber vaultTranscriber() {
        return vaultTranscriber;
    }

    private RealmProvider newRealmProvider() {
        return Stand.in(RealmProvider.class, Map.of("getRealm", given -> realms.get((String) given[0])));
    }

    private UserProvider newUserProvider() {
        return Stand.in(
                UserProvider.class,
                Map.of(
                        "getUserById",
                        given -> fromUserStore(() -> model(id(given[0]), (String) given[1])),
                        "getFederatedIdentity",
                        given -> fromUserStore(
                                () -> links.get(id(given[0]) + "/" + ((UserModel) given[1]).getId() + "/" + given[2])),
                        "getUserByFederatedIdentity",
                        given -> fromUserStore(() -> linked(id(given[0]), (FederatedIdentityModel) given[1])),
                        "updateFederatedIdentity",
                        given -> {
                            FederatedIdentityModel link = (FederatedIdentityModel) given[2];
                            return links.put(
                                    id(given[0]) + "/" + ((UserModel) given[1]).getId() + "/"
                                            + link.getIdentityProvider(),
                                    link);
                        }));
    }

    IdentityProviderStorageProvider identityProviders(Supplier<RealmModel> realm) {
        IdentityProviderStorageProvider provider =
                mock(IdentityProviderStorageProvider.class, withSettings().stubOnly());
        when(provider.getByAlias(any())).thenAnswer(call -> provider(realm.get(), call.getArgument(0)));
        when(provider.getMappersByAliasStream(any())).thenAnswer(call -> mappers(realm.get(), call.getArgument(0)));
        return provider;
    }

    IdentityProviderModel provider(RealmModel realm, String alias) {
        IdentityProviderModel model = new IdentityProviderModel();
        model.setAlias(alias);
        return providers.containsKey(realm.getId() + "/" + alias) ? model : null;
    }

    private VaultTranscriber newVaultTranscriber() {
        VaultTranscriber transcriber =
                mock(VaultTranscriber.class, withSettings().stubOnly());
        when(transcriber.getStringSecret(any())).thenAnswer(call -> {
            String secret = vault.get(call.<String>getArgument(0));
            VaultStringSecret found =
                    mock(VaultStringSecret.class, withSettings().stubOnly());
            when(found.get()).thenReturn(Optional.ofNullable(secret));
            return found;
        });
        return transcriber;
    }

    Stream<IdentityProviderMapperModel> mappers(RealmModel realm, String alias) {
        Map<String, String> settings = providers.get(realm.getId() + "/" + alias);
        if (settings == null || settings.containsKey("bare")) {
            return Stream.empty();
        }
        IdentityProviderMapperModel mapper = new IdentityProviderMapperModel();
        mapper.setId("mapper");
        mapper.setIdentityProviderMapper(MapperProperties.MAPPER_ID);
        mapper.setConfig(new HashMap<>(settings));
        return Stream.of(mapper);
    }

    private <T> T fromUserStore(Supplier<T> answer) {
        if (userStoreFailure != null) {
            throw userStoreFailure;
        }
        return answer.get();
    }

    // As databases do whose collation ignores case: the first that looks alike.
    private UserModel linked(String realmId, FederatedIdentityModel wanted) {
        return new LinkedHashMap<>(links)
                .entrySet().stream()
                        .filter(link -> link.getKey().startsWith(realmId + "/"))
                        .filter(link -> link.getValue().getIdentityProvider().equals(wanted.getIdentityProvider())
                                && link.getValue().getUserId().equalsIgnoreCase(wanted.getUserId()))
                        .map(link -> model(realmId, link.getKey().split("/")[1]))
                        .findFirst()
                        .orElse(null);
    }

    private UserModel model(String realmId, String userId) {
        PlayedUser user = users.get(realmId + "/" + userId);
        return user == null ? null : user.model();
    }

    private static String id(Object realm) {
        return ((RealmModel) realm).getId();
    }
}
