package io.github.keycloaknylas.setup;

import io.github.keycloaknylas.capture.NodeProof;
import io.github.keycloaknylas.ledger.NodeEntity;
import io.github.keycloaknylas.ledger.Nodes;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.keycloak.models.KeycloakSession;

/** Checks whether all nodes of the cluster have the same version, the same seal key and the same settings. */
final class NodesCheck {

    private final KeycloakSession session;
    private final Nodes nodes;
    private final InstantSource clock;

    NodesCheck(KeycloakSession session, Nodes nodes, InstantSource clock) {
        this.session = session;
        this.nodes = nodes;
        this.clock = clock;
    }

    void run(Findings findings) {
        List<NodeEntity> present = nodes.seenAfter(clock.millis() - Nodes.ABSENT_AFTER.toMillis());
        Set<String> different = differentOptions(present);
        if (present.stream().anyMatch(this::hasAnotherSealKey)) {
            different.add("spi-nylas-seal-key--<id>--secret");
        }
        if (!different.isEmpty()) {
            findings.problem(
                    FindingCode.NODES_DIFFER,
                    null,
                    "Nodes of the cluster have different settings: " + SortedNames.join(different) + ".",
                    "Start all nodes with the same values of these server options. A node that was killed counts for"
                            + " three minutes.");
        } else if (present.stream().map(NodeEntity::version).distinct().count() > 1) {
            findings.note(
                    FindingCode.NODES_DIFFER,
                    null,
                    "Nodes of the cluster have different versions of the extension.",
                    "Finish the rolling update: give all nodes the same jar, run kc.sh build, and restart them.");
        }
    }

    // A connection that a node has not used yet is missing among its options, which is no difference.
    private static Set<String> differentOptions(List<NodeEntity> present) {
        Map<String, Set<String>> values = new TreeMap<>();
        present.forEach(node -> node.settings()
                .forEach((option, value) -> values.computeIfAbsent(option, missing -> new HashSet<>())
                        .add(value)));
        Set<String> different = new TreeSet<>();
        values.forEach((option, found) -> {
            if (found.size() > 1) {
                different.add(option);
            }
        });
        return different;
    }

    private boolean hasAnotherSealKey(NodeEntity node) {
        return node.proof()
                .filter(proof -> !RealmBinding.call(
                        session, RealmBinding.ofServer(session), () -> NodeProof.opens(session, node.id(), proof)))
                .isPresent();
    }
}
