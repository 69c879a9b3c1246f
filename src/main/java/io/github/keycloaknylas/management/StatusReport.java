package io.github.keycloaknylas.management;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.keycloaknylas.ledger.ConnectionEntity;
import io.github.keycloaknylas.ledger.DeletionList;
import io.github.keycloaknylas.ledger.GrantCounts;
import io.github.keycloaknylas.ledger.LastFailure;
import io.github.keycloaknylas.ledger.RealmCounts;
import io.github.keycloaknylas.ledger.RealmRows;
import io.github.keycloaknylas.limits.OpenBreaker;
import java.util.List;
import java.util.Map;

/**
 * What a realm has and what waits in it. Times are milliseconds since the epoch.
 *
 * @param mailboxes how many there are in each status
 * @param grants how many grants the realm has at Nylas
 * @param waiting how many refresh tokens wait, by the code of the last failure; {@code -} for those without one
 * @param oldestWaitingSince when the oldest waiting token was captured
 * @param linksGone how many links are gone without an event
 * @param deletions how many grants are to be deleted
 * @param undecidedDeletions how many of these wait for an administrator
 * @param server what concerns all realms; only in the administration realm
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record StatusReport(
        Map<String, Long> mailboxes,
        long grants,
        Map<String, Long> waiting,
        Long oldestWaitingSince,
        long linksGone,
        long deletions,
        long undecidedDeletions,
        Server server) {

    /**
     * What concerns all realms.
     *
     * @param breakers circuit breakers of the node that answers, which stop calls now
     * @param applications Nylas applications with their reconciliation
     */
    record Server(List<OpenBreaker> breakers, List<Application> applications) {}

    /**
     * The reconciliation of one Nylas application.
     *
     * @param apiUrl base URL of the API
     * @param application ID of the application
     * @param reconciledAt when the last pass ended
     * @param nextAt when the next one is due
     * @param running whether a node is reconciling it
     * @param grants how many grants it had in the last pass
     * @param unknown how many of them no mailbox of this server has
     * @param alarmAt since when a pass waits for an administrator
     * @param failure code of the last failure
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Application(
            String apiUrl,
            String application,
            Long reconciledAt,
            long nextAt,
            boolean running,
            Integer grants,
            Integer unknown,
            Long alarmAt,
            String failure) {

        static Application of(ConnectionEntity row, long now) {
            return new Application(
                    row.apiUrl(),
                    row.application(),
                    row.reconciledAt().orElse(null),
                    row.nextAt(),
                    row.isLeased(now),
                    row.counts().map(GrantCounts::grants).orElse(null),
                    row.counts().map(GrantCounts::unknown).orElse(null),
                    row.alarmAt().orElse(null),
                    row.failure().map(LastFailure::failureClass).orElse(null));
        }
    }

    static StatusReport of(RealmCounts counts, RealmRows rows, DeletionList deletions, String realmId, Server server) {
        return new StatusReport(
                counts.byState(),
                counts.grants(),
                counts.waitingByFailure(),
                counts.oldestWaiting().orElse(null),
                rows.linksGone(),
                deletions.count(realmId),
                rows.deletionsToConfirm(),
                server);
    }
}
