package io.github.keycloaknylas.claims;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.keycloaknylas.ledger.ShownGrant;

/**
 * One grant as a token shows it.
 *
 * @param provider alias of the identity provider through which it was made
 * @param grantId Nylas' ID of the grant
 * @param email mailbox address; omitted if Nylas returned none
 * @param status {@code connected}, or {@code reconnect} if its owner has to sign in again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record GrantClaim(String provider, @JsonProperty("grant_id") String grantId, String email, String status) {

    static GrantClaim of(ShownGrant grant) {
        return new GrantClaim(
                grant.alias(), grant.grantId(), grant.email(), grant.connected() ? "connected" : "reconnect");
    }
}
