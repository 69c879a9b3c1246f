package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.nylas.NylasConnection;
import java.util.Set;

/**
 * A row taken for one call, with all that the call needs: no database is touched while it runs.
 *
 * @param rowId id of the ledger row
 * @param lease proves that the row is still ours when the answer is recorded
 * @param realmName for messages
 * @param userId for messages
 * @param connection as configured
 * @param target what is called
 * @param refreshToken in clear, for the time of the call
 * @param capturedAt tells this token from a newer one that comes in meanwhile
 * @param attempts failed ones so far
 * @param requiredScopes for the warning where Nylas grants less
 */
record Claim(
        String rowId,
        String lease,
        Mailbox mailbox,
        String realmName,
        String userId,
        Connection connection,
        NylasConnection target,
        String refreshToken,
        long capturedAt,
        int attempts,
        Set<String> requiredScopes) {

    @Override
    public String toString() {
        return "Claim[row " + rowId + ", realm " + realmName + ", user " + userId + "]";
    }
}
