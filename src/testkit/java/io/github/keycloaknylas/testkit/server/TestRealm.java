package io.github.keycloaknylas.testkit.server;

import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.ClientScopeRepresentation;
import org.keycloak.representations.idm.FederatedIdentityRepresentation;
import org.keycloak.representations.idm.IdentityProviderMapperRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.RequiredActionProviderRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** A realm for one test, with one client; removed when closed. */
public final class TestRealm implements AutoCloseable {

    private final KeycloakServer server;
    private final String name;
    private final TestClient client;

    private TestRealm(KeycloakServer server, String name, TestClient client) {
        this.server = server;
        this.name = name;
        this.client = client;
    }

    /** Creates a realm with a random name and a public client. */
    public static TestRealm create(KeycloakServer server) {
        return create(server, "test-" + UUID.randomUUID().toString().substring(0, 8), TestClient.open());
    }

    public static TestRealm create(KeycloakServer server, String name, TestClient client) {
        RealmRepresentation realm = new RealmRepresentation();
        realm.setRealm(name);
        realm.setEnabled(true);
        realm.setPrivateKey(RealmKey.base64());
        server.admin().realms().create(realm);
        TestRealm created = new TestRealm(server, name, client);
        created.addClient(client);
        return created;
    }

    /** Uses a realm that was created in another way, and a client that it has. */
    public static TestRealm existing(KeycloakServer server, String name, TestClient client) {
        return new TestRealm(server, name, client);
    }

    /** The same realm, accessed through another node of the cluster; to be closed on one of them. */
    public TestRealm at(KeycloakServer node) {
        return new TestRealm(node, name, client);
    }

    public String name() {
        return name;
    }

    public TestClient client() {
        return client;
    }

    /** {@code …/realms/<name>}. */
    public URI url() {
        return URI.create(server.baseUrl() + "/realms/" + name);
    }

    /** Gives access to whatever this class has no method for. */
    public RealmResource admin() {
        return server.admin().realm(name);
    }

    public void addClient(TestClient added) {
        created(admin().clients().create(added.representation()));
    }

    public void addProvider(IdentityProvider provider) {
        created(admin().identityProviders().create(provider.representation()));
    }

    /** Returns the mapper's ID; the sync mode is the provider's own unless {@code config} has a {@code syncMode}. */
    public String addMapper(String alias, String type, Map<String, String> config) {
        IdentityProviderMapperRepresentation mapper = new IdentityProviderMapperRepresentation();
        mapper.setName(type);
        mapper.setIdentityProviderAlias(alias);
        mapper.setIdentityProviderMapper(type);
        mapper.setConfig(new TreeMap<>(Map.of("syncMode", "INHERIT")));
        mapper.getConfig().putAll(config);
        return created(admin().identityProviders().get(alias).addMapper(mapper));
    }

    /**
     * Makes the set-up call of the extension and gives the realm's own client the scope {@code nylas}, so that its
     * tokens show grants.
     *
     * @throws ServerFailure if the extension refuses the call, or is not there
     */
    public void setUpGrants() {
        SetUpCall.to(server, name);
        String scope = admin().clientScopes().findAll().stream()
                .filter(known -> "nylas".equals(known.getName()))
                .map(ClientScopeRepresentation::getId)
                .findFirst()
                .orElseThrow(() -> new ServerFailure("The set-up call made no client scope 'nylas'."));
        String id = admin().clients().findByClientId(client.id()).get(0).getId();
        admin().clients().get(id).addDefaultClientScope(scope);
    }

    /** Returns the user's ID. */
    public String addUser(TestUser user) {
        return created(admin().users().create(user.representation()));
    }

    public UserResource user(String userId) {
        return admin().users().get(userId);
    }

    /** Exactly this username. */
    public UserRepresentation find(String username) {
        List<UserRepresentation> found = admin().users().searchByUsername(username, true);
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " users are called " + username + " in realm " + name);
        }
        return found.get(0);
    }

    public void link(String userId, String alias, String subject, String brokerUsername) {
        FederatedIdentityRepresentation identity = new FederatedIdentityRepresentation();
        identity.setIdentityProvider(alias);
        identity.setUserId(subject);
        identity.setUserName(brokerUsername);
        try (Response response = user(userId).addFederatedIdentity(alias, identity)) {
            if (response.getStatus() != 204) {
                throw new AssertionError("linking was answered with " + response.getStatus());
            }
        }
    }

    public List<FederatedIdentityRepresentation> links(String userId) {
        return user(userId).getFederatedIdentity();
    }

    /** Requires this action at the user's next sign-in, and enables it for the realm if needed. */
    public void require(String userId, String action) {
        RequiredActionProviderRepresentation provider = admin().flows().getRequiredAction(action);
        if (!provider.isEnabled()) {
            provider.setEnabled(true);
            admin().flows().updateRequiredAction(action, provider);
        }
        UserRepresentation user = user(userId).toRepresentation();
        user.setRequiredActions(List.of(action));
        user(userId).update(user);
    }

    public UserProfile userProfile() {
        return new UserProfile(admin().users().userProfile());
    }

    @Override
    public void close() {
        admin().remove();
    }

    private static String created(Response response) {
        try (response) {
            if (response.getStatus() != 201) {
                throw new AssertionError(
                        "Keycloak answered " + response.getStatus() + ": " + response.readEntity(String.class));
            }
            return CreatedResponseUtil.getCreatedId(response);
        }
    }
}
