package io.github.keycloaknylas.support.store;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import io.github.keycloaknylas.links.AccountLinks;
import io.github.keycloaknylas.links.UserAttributes;
import io.github.keycloaknylas.links.UserEligibility;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmProvider;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.vault.VaultStringSecret;
import org.keycloak.vault.VaultTranscriber;

/**
 * As much of Keycloak as a worker meets: realms, users, links, providers with our mapper and a vault. A session is one
 * transaction, which its end commits.
 */
public final class FakeKeycloak {

    private final Map<String, RealmModel> realms = new ConcurrentHashMap<>();
    private final FakeUserStore userStore = new FakeUserStore();
    private final FakeProviders providers = new FakeProviders();
    private final Map<String, String> vault = new ConcurrentHashMap<>();
    private final Map<Class<?>, Object> served = new ConcurrentHashMap<>();
    private final TestDatabase database;
    private final RealmProvider realmProvider = newRealmProvider();
    private final VaultTranscriber vaultTranscriber = newVaultTranscriber();

    public FakeKeycloak(TestDatabase database) {
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

    public FakeUser user(String realmId, String id) {
        return userStore.user(realmId, id);
    }

    /** A user as Keycloak finds it; nobody where there is none. */
    public Optional<UserModel> existing(String realmId, String id) {
        return userStore.existing(realmId, id);
    }

    public void removeUser(String realmId, String id) {
        userStore.remove(realmId, id);
    }

    public void link(String realmId, String userId, String alias, String subject) {
        userStore.link(realmId, userId, new FederatedIdentityModel(alias, subject, subject));
    }

    public void unlink(String realmId, String userId, String alias) {
        userStore.unlink(realmId, userId, alias);
    }

    /** A provider with our mapper. */
    public void provider(String realmId, String alias, Map<String, String> mapperSettings) {
        providers.put(realmId, alias, Optional.of(mapperSettings));
    }

    /** A provider without our mapper. */
    public void bareProvider(String realmId, String alias) {
        providers.put(realmId, alias, Optional.empty());
    }

    public void removeProvider(String realmId, String alias) {
        providers.remove(realmId, alias);
    }

    public Map<String, String> vault() {
        return vault;
    }

    /** As a directory that is down does; null for one that is up again. */
    public void failUserStore(RuntimeException failure) {
        userStore.fail(failure);
    }

    /** Opens sessions that are no mocks, for tests that open a million of them. */
    public KeycloakSessionFactory lightweightFactory() {
        return InterfaceStub.of(KeycloakSessionFactory.class, Map.of("create", given -> lightweightSession()));
    }

    public KeycloakSession lightweightSession() {
        return new LightweightSession(this, database).model();
    }

    /** What a session of {@link #thriftySession()} answers when it is asked for this provider. */
    public <T> void provide(Class<T> type, T provider) {
        served.put(type, provider);
    }

    Object provided(Class<?> type) {
        return served.get(type);
    }

    public KeycloakSession session() {
        return new FakeSession(this, Optional.ofNullable(database)).model();
    }

    /** From now on links and users are in a storage whose tables cannot be read. */
    public void foreignUserStorage() {
        userStore.becomeForeign();
    }

    /** Keycloak's own tables of links, which can be read while a directory is down. */
    public AccountLinks links() {
        return new FakeAccountLinks(userStore);
    }

    /** Keycloak's own tables of users, roles and groups. */
    public UserEligibility eligibility() {
        return new FakeUserEligibility(userStore);
    }

    public void enable(String realmId, String userId, boolean enabled) {
        userStore.enable(realmId, userId, enabled);
    }

    /** A role of the realm, whose ID is its name. */
    public void role(String realmId, String name) {
        RoleModel role = InterfaceStub.of(RoleModel.class, Map.of("getId", given -> name, "getName", given -> name));
        when(realm(realmId).getRole(name)).thenReturn(role);
    }

    public void removeRole(String realmId, String name) {
        when(realm(realmId).getRole(name)).thenReturn(null);
    }

    public void hasRole(String realmId, String userId, String role, boolean has) {
        userStore.member(realmId, userId, role, has);
    }

    /** Keycloak's own storage of attributes. */
    public UserAttributes attributes() {
        return new FakeUserAttributes(this);
    }

    RealmProvider realmProvider() {
        return realmProvider;
    }

    UserProvider userProvider() {
        return userStore.model();
    }

    FakeProviders providers() {
        return providers;
    }

    VaultTranscriber vaultTranscriber() {
        return vaultTranscriber;
    }

    private RealmProvider newRealmProvider() {
        return InterfaceStub.of(RealmProvider.class, Map.of("getRealm", given -> realms.get((String) given[0])));
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
}
