package io.github.keycloaknylas.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.keycloaknylas.ledger.ConnectionEntity;
import io.github.keycloaknylas.ledger.GrantCounts;
import io.github.keycloaknylas.ledger.LastFailure;

/**
 * The reconciliation of the Nylas application of a connection. Times are milliseconds since the epoch.
 *
 * @param connection name of the connection
 * @param application ID of the application
 * @param reconciledAt when the last pass ended
 * @param nextAt when the next one is due
 * @param running whether a node is reconciling it
 * @param grants how many grants the application had in the last pass
 * @param unknown how many of them no mailbox of this server has
 * @param alarmAt since when a pass waits for an administrator, because too many grants were lost at once
 * @param confirmed whether an administrator confirmed the loss
 * @param failure code of the last failure
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReconciliationReport(
        String connection,
        String application,
        Long reconciledAt,
        long nextAt,
        boolean running,
        Integer grants,
        Integer unknown,
        Long alarmAt,
        boolean confirmed,
        String failure) {

    static ReconciliationReport of(String connection, ConnectionEntity row, long now) {
        return new ReconciliationReport(
                connection,
                row.application(),
                row.reconciledAt().orElse(null),
                row.nextAt(),
                row.isLeased(now),
                row.counts().map(GrantCounts::grants).orElse(null),
                row.counts().map(GrantCounts::unknown).orElse(null),
                row.alarmAt().orElse(null),
                row.isConfirmed(),
                row.failure().map(LastFailure::failureClass).orElse(null));
    }
}
