package io.github.keycloaknylas.claims;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import java.util.Optional;

/**
 * One grant as a token shows it.
 *
 * @param provider alias of the identity provider that brought it
 * @param grantId Nylas' id of the grant
 * @param email mailbox address; left out if Nylas named none
 * @param status {@code connected}, or {@code reconnect} if its owner has to sign in with Microsoft again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record GrantClaim(String provider, @JsonProperty("grant_id") String grantId, String email, String status) {

    static Optional<GrantClaim> of(GrantEntity row) {
        return row.shownGrant().map(grant -> of(row, grant));
    }

    private static GrantClaim of(GrantEntity row, ConnectedGrant grant) {
        return new GrantClaim(
                row.mailbox().alias(),
                grant.grantId(),
                grant.email(),
                row.is(GrantState.CONNECTED) ? "connected" : "reconnect");
    }
}
