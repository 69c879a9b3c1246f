package io.github.keycloaknylas.ledger;

import io.github.keycloaknylas.mail.ExpectedIdentity;
import java.util.Optional;
import java.util.Set;

/**
 * The state of a mailbox as a login reads it.
 *
 * @param state empty if a newer version of the extension wrote a state that is unknown to this version
 * @param connection connection that the grant was made through, or null
 * @param scopes granted scopes
 * @param connectedAt when the grant was last handed over, in milliseconds since the epoch, or null
 * @param stateSince since when the mailbox has been in this state, in milliseconds since the epoch, or null
 * @param identity who signed in when the token was last handed over
 */
public record GrantStatus(
        Optional<GrantState> state,
        GrantConnection connection,
        Set<String> scopes,
        Long connectedAt,
        Long stateSince,
        ExpectedIdentity identity) {

    static GrantStatus of(String state, Long stateAt, ConnectedGrant grant, String expected) {
        return new GrantStatus(
                GrantState.of(state),
                grant == null ? null : grant.connection(),
                grant == null ? Set.of() : grant.scopeSet(),
                grant == null ? null : grant.connectedAt(),
                stateAt,
                ExpectedIdentityJson.read(expected));
    }
}
