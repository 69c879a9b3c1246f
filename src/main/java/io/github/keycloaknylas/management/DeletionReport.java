package io.github.keycloaknylas.management;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.keycloaknylas.ledger.DeletionEntity;
import java.util.List;
import java.util.Locale;

/**
 * A grant that is to be deleted at Nylas. Times are milliseconds since the epoch.
 *
 * @param id of the deletion, by which the other calls name it
 * @param grantId Nylas' ID of the grant
 * @param application ID of the Nylas application
 * @param reason {@code unlinked}, {@code replaced}, {@code moved}, {@code ineligible} or {@code disconnected}
 * @param user ID of the user who had it
 * @param provider alias of the identity provider
 * @param email address of the mailbox
 * @param dueAt when its grace period is over
 * @param confirmed whether an administrator confirmed it
 * @param nextAttemptAt when it is tried next
 * @param attempts number of failures in a row
 * @param failure why it is not deleted yet
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeletionReport(
        String id,
        String grantId,
        String application,
        String reason,
        String user,
        String provider,
        String email,
        long dueAt,
        boolean confirmed,
        Long nextAttemptAt,
        int attempts,
        FailureReport failure) {

    static DeletionReport of(DeletionEntity row) {
        return new DeletionReport(
                row.grantHash(),
                row.grantId(),
                row.connection().application(),
                row.reason().toLowerCase(Locale.ROOT),
                row.userId(),
                row.mailbox().alias(),
                row.email(),
                row.dueAt(),
                row.isConfirmed(),
                row.nextAttemptAt().orElse(null),
                row.attempts(),
                FailureReport.of(row.failure()));
    }

    /**
     * A page of deletions.
     *
     * @param deletions the deletions
     * @param next what to pass as {@code after} for the next page; not there on the last one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<DeletionReport> deletions, String next) {}
}
