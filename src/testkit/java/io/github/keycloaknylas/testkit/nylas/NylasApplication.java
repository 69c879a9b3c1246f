package io.github.keycloaknylas.testkit.nylas;

import io.github.keycloaknylas.testkit.nylas.GrantStore.Origin;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/** A Nylas application: its API keys, its connectors and credentials, and its grants. */
public final class NylasApplication {

    static final String MICROSOFT = "microsoft";

    /** How Nylas treats the application. */
    public enum Status {
        /** Requests are served. */
        GOOD,
        /** Every request gets 423 {@code api.resource_blocked}. */
        BLOCKED,
        /** Every request gets 403. */
        FORBIDDEN
    }

    private final String id;
    private final String region;
    private final String environment;
    private final Clock clock;
    private final GrantStore grants;
    private final Webhooks webhooks;
    private final Set<String> apiKeys = ConcurrentHashMap.newKeySet();
    private final Connectors connectors;
    private volatile Status status = Status.GOOD;

    NylasApplication(
            String id, String region, String environment, Clock clock, BiConsumer<GrantEvent, Webhooks> listener) {
        this.id = id;
        this.region = region;
        this.environment = environment;
        this.clock = clock;
        this.connectors = new Connectors(clock);
        this.webhooks = new Webhooks(clock);
        this.grants = new GrantStore((kind, grant) -> listener.accept(new GrantEvent(kind, id, grant), webhooks));
    }

    /** {@return the application id} */
    public String id() {
        return id;
    }

    /** {@return {@code us} or {@code eu}} */
    public String region() {
        return region;
    }

    /** {@return {@code production}, {@code sandbox}, …} */
    public String environment() {
        return environment;
    }

    /**
     * Adds an API key; several may be in use at once.
     *
     * @param key what a client sends as Bearer token
     * @return this
     */
    public NylasApplication apiKey(String key) {
        apiKeys.add(key);
        return this;
    }

    /**
     * Revokes an API key: from now on it is answered like one that never existed.
     *
     * @param key the key
     */
    public void revoke(String key) {
        apiKeys.remove(key);
    }

    /**
     * Creates or replaces the connector {@code microsoft} and, with it, its active credential.
     *
     * @param client the app registration; it has to be the one Keycloak signs in with
     * @param tenant a tenant ID or {@code common}
     * @param scope what to ask of Microsoft on every exchange; none: whatever the token carries
     * @return this
     */
    public NylasApplication connector(OAuthClient client, String tenant, String... scope) {
        return connector(MICROSOFT, client, tenant, scope);
    }

    /**
     * Creates or replaces the connector of any mail provider and, with it, its active credential.
     *
     * @param provider the name at Nylas; {@link FakeNylas#provider} has to know it
     * @param client the registered client; it has to be the one Keycloak signs in with
     * @param tenant as Microsoft has it; otherwise null
     * @param scope what to ask of the provider on every exchange; none: whatever the token carries
     * @return this
     */
    public NylasApplication connector(String provider, OAuthClient client, String tenant, String... scope) {
        connectors.put(provider, client, tenant, List.of(scope));
        return this;
    }

    /** Deletes the connectors, which makes all their grants invalid at once. */
    public void removeConnector() {
        connectors.clear();
        grants.expireAll(grant -> true);
    }

    /**
     * Adds a credential that {@code settings.credential_id} may name.
     *
     * @param name what the dashboard shows
     * @param client the app registration it stands for
     * @return the credential, with its new ID
     */
    public Credential credential(String name, OAuthClient client) {
        return connectors.addCredential(name, client);
    }

    /**
     * Deletes a credential, which makes the grants that use it invalid.
     *
     * @param credentialId its ID
     */
    public void removeCredential(String credentialId) {
        connectors.removeCredential(credentialId);
        grants.expireAll(grant -> credentialId.equals(grant.credentialId()));
    }

    /**
     * Blocks the application, denies it access, or serves it again.
     *
     * @param now the new status
     */
    public void status(Status now) {
        status = now;
    }

    /**
     * Adds a grant of Microsoft, as if the mailbox had been authenticated; a grant that the mailbox has is renewed.
     *
     * @param email the mailbox
     * @param providerUserId Microsoft Graph's user ID, or null
     * @param scopes the consented scopes
     * @return the grant
     */
    public Grant addGrant(String email, String providerUserId, String... scopes) {
        return addGrants(List.of(new Mailbox(email, providerUserId, null, List.of(scopes))))
                .get(0);
    }

    /**
     * Adds many grants of Microsoft, as {@link #addGrant} does; 100,000 take a few seconds at most.
     *
     * @param mailboxes one for each grant
     * @return the grants, in the same order
     */
    public List<Grant> addGrants(List<Mailbox> mailboxes) {
        Origin origin = new Origin(
                MICROSOFT,
                connectors.find(MICROSOFT).map(Connector::activeCredentialId).orElse(null),
                null,
                null);
        return mailboxes.stream()
                .map(mailbox -> grants.authenticate(mailbox, origin, clock.instant()))
                .toList();
    }

    /** {@return the grants, oldest first} */
    public List<Grant> grants() {
        return grants.all();
    }

    /** {@return the webhooks} */
    public Webhooks webhooks() {
        return webhooks;
    }

    Status status() {
        return status;
    }

    boolean knows(String apiKey) {
        return apiKeys.contains(apiKey);
    }

    Connectors connectors() {
        return connectors;
    }

    GrantStore store() {
        return grants;
    }
}
