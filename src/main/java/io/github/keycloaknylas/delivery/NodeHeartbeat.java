package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.capture.NodeProof;
import io.github.keycloaknylas.config.SharedSettings;
import io.github.keycloaknylas.ledger.Nodes;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.monitoring.JarVersion;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import org.keycloak.Config;

/** Tells the other nodes once a minute that this one is there, and with which settings. */
final class NodeHeartbeat {

    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final Transactions transactions;
    private final InstantSource clock;
    private final String id = UUID.randomUUID().toString();
    private final String version = version();
    private long nextAt;

    NodeHeartbeat(Transactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    void beat() {
        long now = clock.millis();
        if (now < nextAt) {
            return;
        }
        nextAt = now + INTERVAL.toMillis();
        Map<String, String> settings = SharedSettings.ofThisNode();
        transactions.run(session -> {
            // A seal key may be in the vault of the administration realm.
            session.getContext().setRealm(session.realms().getRealmByName(Config.getAdminRealm()));
            Nodes nodes = Nodes.of(session);
            nodes.seen(id, version, settings, NodeProof.seal(session, id).orElse(null), now);
            nodes.removeSeenBefore(now - Nodes.ABSENT_AFTER.toMillis());
        });
    }

    /** Removes this node, so that it is not compared with the settings that it starts with again. */
    void stop() {
        transactions.run(session -> Nodes.of(session).remove(id));
    }

    private static String version() {
        Map<String, String> jar = JarVersion.info();
        return jar.get("version") + " " + jar.get("sha256");
    }
}
