package io.github.keycloaknylas.setup;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.ledger.ConnectionRows;
import io.github.keycloaknylas.ledger.Nodes;
import io.github.keycloaknylas.ledger.RealmRows;
import io.github.keycloaknylas.links.StoredUserAttributes;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Checks what the extension's own tables say of a realm: webhooks, waiting tokens, decisions, grants. */
final class LedgerChecks {

    private final WebhookCheck webhooks;
    private final SealCheck seal;
    private final DecisionsCheck decisions;
    private final ConnectedSampleCheck grants;
    private final NodesCheck nodes;

    /** @param session bound to the realm */
    LedgerChecks(KeycloakSession session, RealmModel realm, NylasLookup nylas) {
        RealmRows rows = RealmRows.of(session, realm.getId());
        this.webhooks = new WebhookCheck(new WebhookSetUps(session, realm), nylas);
        this.seal = new SealCheck(session, rows);
        this.decisions = new DecisionsCheck(rows, ConnectionRows.of(session), realm.getName());
        this.grants = new ConnectedSampleCheck(session, realm, rows, new StoredUserAttributes());
        this.nodes = new NodesCheck(session, Nodes.of(session), InstantSource.system());
    }

    void run(List<CheckedProvider> providers, Findings findings) {
        nodes.run(findings);
        seal.run(findings);
        decisions.ofRealm(findings);
        Set<String> connections = new HashSet<>();
        Set<String> applications = new HashSet<>();
        for (CheckedProvider checked : providers) {
            grants.run(checked.provider(), checked.grants(), findings);
            checked.grants()
                    .filter(application -> applications.add(application.hash()))
                    .ifPresent(application ->
                            decisions.ofApplication(checked.provider().alias(), application, findings));
            usable(checked)
                    .filter(connection -> connections.add(connection.settings().name()))
                    .ifPresent(connection -> webhooks.run(checked.provider(), connection, findings));
        }
    }

    // If Nylas did not answer before, it is not asked for webhooks either.
    private static Optional<Connection> usable(CheckedProvider checked) {
        return checked.connection().filter(connection -> checked.application().isPresent());
    }
}
