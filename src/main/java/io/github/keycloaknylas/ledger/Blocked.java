package io.github.keycloaknylas.ledger;

import java.util.Set;

/**
 * What this node does not call for the time being.
 *
 * @param connections names of blocked connections
 * @param fingerprints fingerprints of connections whose connector or credential is blocked
 */
public record Blocked(Set<String> connections, Set<String> fingerprints) {

    /** Every connection may be called. */
    public static final Blocked NOTHING = new Blocked(Set.of(), Set.of());
}
