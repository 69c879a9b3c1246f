package io.github.keycloaknylas.capture;

import io.github.keycloaknylas.config.SealSettings;
import io.github.keycloaknylas.ledger.SealedSecret;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * Shows whether two nodes have the same seal key without telling anything about it: what one sealed, the other opens.
 * The sealed text is the ID of the node. Only keys of the server are compared, since those of a realm are in the
 * database that all nodes share.
 */
public final class NodeProof {

    private static final String NODE = "node";

    private NodeProof() {}

    /** Seals the ID of this node; nothing if the server has no usable key. */
    public static Optional<SealedSecret> seal(KeycloakSession session, String nodeId) {
        return key(session, SealKey.SERVER + SealSettings.activeKeyId())
                .flatMap(key ->
                        SealedContent.encrypt(key, Map.of(NODE, nodeId)).map(text -> new SealedSecret(text, key.id())));
    }

    /** Returns whether this node has the key that another one sealed with. */
    public static boolean opens(KeycloakSession session, String nodeId, SealedSecret proof) {
        return key(session, proof.keyId())
                .flatMap(key -> SealedContent.decrypt(key, proof.text()))
                .map(content -> content.get(NODE))
                .filter(nodeId::equals)
                .isPresent();
    }

    private static Optional<SealKey> key(KeycloakSession session, String id) {
        try {
            return id.startsWith(SealKey.SERVER) ? SealKey.byId(session, id) : Optional.empty();
        } catch (SealException e) {
            return Optional.empty();
        }
    }
}
