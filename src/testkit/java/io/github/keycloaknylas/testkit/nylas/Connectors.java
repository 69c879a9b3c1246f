package io.github.keycloaknylas.testkit.nylas;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The connectors of one application, one for each mail provider, and the credentials. */
final class Connectors {

    private final Map<String, Credential> credentials = new LinkedHashMap<>();
    private final Map<String, Connector> connectors = new LinkedHashMap<>();
    private final Clock clock;

    Connectors(Clock clock) {
        this.clock = clock;
    }

    synchronized void put(String provider, OAuthClient client, String tenant, List<String> scope) {
        String active = find(provider)
                .map(Connector::activeCredentialId)
                .orElseGet(() -> addCredential(provider, client).id());
        credentials.computeIfPresent(
                active, (same, old) -> new Credential(active, old.name(), client, old.createdAt()));
        connectors.put(provider, new Connector(provider, client, tenant, scope, active));
    }

    synchronized void clear() {
        connectors.clear();
        credentials.clear();
    }

    synchronized Credential addCredential(String name, OAuthClient client) {
        Credential credential = new Credential(UUID.randomUUID().toString(), name, client, clock.instant());
        credentials.put(credential.id(), credential);
        return credential;
    }

    synchronized void removeCredential(String credentialId) {
        credentials.remove(credentialId);
    }

    synchronized Optional<Connector> find(String provider) {
        return Optional.ofNullable(connectors.get(provider));
    }

    synchronized List<Connector> all() {
        return List.copyOf(connectors.values());
    }

    synchronized List<Credential> credentials() {
        return List.copyOf(credentials.values());
    }
}
