package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.server.IdentityProvider;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.TestRealm;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.keycloak.admin.client.resource.IdentityProviderResource;
import org.keycloak.representations.idm.ClientScopeRepresentation;
import org.keycloak.representations.idm.IdentityProviderMapperRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.userprofile.config.UPConfig;

/** A realm with one provider in which nothing is wrong, and what administrators do to spoil it. */
public final class HealthySetUp implements AutoCloseable {

    public static final String ALIAS = "entra";

    private final TestRealm realm;
    private final SetUp call;

    private HealthySetUp(TestRealm realm, SetUp call) {
        this.realm = realm;
        this.call = call;
    }

    public static HealthySetUp create(KeycloakServer server, IdentityProvider provider, TestConnection connection) {
        TestRealm realm = TestRealm.create(server);
        realm.addProvider(provider);
        realm.addMapper(ALIAS, MicrosoftRealm.MAPPER, connection.mapper());
        SetUp call = new SetUp(server, realm.name());
        call.run();
        return new HealthySetUp(realm, call);
    }

    public TestRealm realm() {
        return realm;
    }

    public String realmId() {
        return realm.admin().toRepresentation().getId();
    }

    public SetUp.Answer check() {
        return call.check();
    }

    /** Changes settings of the Nylas mapper. */
    public void mapper(Map<String, String> settings) {
        IdentityProviderMapperRepresentation mapper = resource().getMappers().get(0);
        Map<String, String> config = new HashMap<>(mapper.getConfig());
        config.putAll(settings);
        mapper.setConfig(config);
        resource().update(mapper.getId(), mapper);
    }

    public void removeMapper() {
        resource().delete(resource().getMappers().get(0).getId());
    }

    public void addMapper(String type, Map<String, String> settings) {
        Mappers.add(realm, ALIAS, type, "ffffffff-", settings);
    }

    public void provider(Consumer<IdentityProviderRepresentation> change) {
        IdentityProviderRepresentation provider = resource().toRepresentation();
        change.accept(provider);
        resource().update(provider);
    }

    public void scopes(String scopes) {
        provider(provider -> provider.getConfig().put("defaultScope", scopes));
    }

    public void userProfile(Consumer<UPConfig> change) {
        UPConfig config = realm.admin().users().userProfile().getConfiguration();
        change.accept(config);
        realm.admin().users().userProfile().update(config);
    }

    public void clientScope(Consumer<ClientScopeRepresentation> change) {
        ClientScopeRepresentation scope = clientScope();
        change.accept(scope);
        realm.admin().clientScopes().get(scope.getId()).update(scope);
    }

    public void removeClientScope() {
        realm.admin().clientScopes().get(clientScope().getId()).remove();
    }

    public void removeClaimsMapper() {
        ClientScopeRepresentation scope = clientScope();
        realm.admin()
                .clientScopes()
                .get(scope.getId())
                .getProtocolMappers()
                .delete(scope.getProtocolMappers().get(0).getId());
    }

    private ClientScopeRepresentation clientScope() {
        return realm.admin().clientScopes().findAll().stream()
                .filter(scope -> scope.getName().equals("nylas"))
                .findFirst()
                .orElseThrow();
    }

    private IdentityProviderResource resource() {
        return realm.admin().identityProviders().get(ALIAS);
    }

    @Override
    public void close() {
        realm.close();
    }
}
