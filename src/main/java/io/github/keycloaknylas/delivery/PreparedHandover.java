package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.ledger.ExpectedIdentity;
import io.github.keycloaknylas.ledger.Mailbox;
import java.util.Set;

/**
 * A leased row with everything that the call needs: the database is not used while it runs.
 *
 * @param row the lease
 * @param realmName for messages
 * @param userId for messages
 * @param connection to call
 * @param refreshToken in clear, for the time of the call
 * @param capturedAt distinguishes this token from a newer one that is captured meanwhile
 * @param identity who signed in with this token
 * @param attempts temporary failures so far
 * @param refusals refused calls so far
 * @param requiredScopes for the warning where Nylas grants less
 */
record PreparedHandover(
        LeasedRow row,
        Mailbox mailbox,
        String realmName,
        String userId,
        Connection connection,
        String refreshToken,
        long capturedAt,
        ExpectedIdentity identity,
        int attempts,
        int refusals,
        Set<String> requiredScopes) {

    @Override
    public String toString() {
        return "PreparedHandover[row " + row.rowId() + ", realm " + realmName + ", user " + userId + "]";
    }
}
