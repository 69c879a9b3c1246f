package io.github.keycloaknylas.ledger;

import java.util.Optional;
import java.util.Set;

/**
 * How a mailbox stands, as a login reads it: values, so that no managed row enters the login's transaction.
 *
 * @param state empty where a newer version of the extension wrote a state that this one does not know
 * @param fingerprint of the connection that the grant was made under, or null
 * @param scopes granted scopes
 * @param connectedAt when the grant was last handed over, in milliseconds since the epoch, or null
 */
public record Standing(Optional<GrantState> state, String fingerprint, Set<String> scopes, Long connectedAt) {}
