package io.github.keycloaknylas.management;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.ListedGrant;
import java.util.Locale;
import java.util.Optional;

/**
 * A mailbox and its grant, as the admin REST API shows it. Contains no token. Times are milliseconds since the epoch.
 *
 * @param id of the mailbox, by which the other calls name it
 * @param status {@code connected}, {@code reconnect}, {@code held}, {@code absent}, or {@code unknown} if a newer
 *     version of the extension wrote it
 * @param since when the mailbox entered this status
 * @param user ID of the user who signed in to it last
 * @param provider alias of the identity provider
 * @param subject the user's ID at the provider, as Keycloak's link has it
 * @param waiting whether a refresh token waits to be handed over
 * @param nextAttemptAt when it is tried next
 * @param attempts number of temporary failures in a row
 * @param failure why the last attempt failed
 * @param grantId Nylas' ID of the grant
 * @param email address of the mailbox, as Nylas reports it
 * @param application ID of the Nylas application
 * @param connection name of the connection
 * @param handedOverAt when the last handover succeeded
 * @param expiredAt when the grant stopped working
 * @param linkGoneAt since when the link has been missing although no event reported its removal
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record GrantReport(
        String id,
        String status,
        long since,
        String user,
        String provider,
        String subject,
        boolean waiting,
        Long nextAttemptAt,
        int attempts,
        FailureReport failure,
        String grantId,
        String email,
        String application,
        String connection,
        Long handedOverAt,
        Long expiredAt,
        Long linkGoneAt) {

    static GrantReport of(ListedGrant row) {
        Optional<ConnectedGrant> grant = Optional.ofNullable(row.grant()).filter(known -> known.grantId() != null);
        return new GrantReport(
                row.id(),
                row.state().map(GrantState::name).orElse("unknown").toLowerCase(Locale.ROOT),
                row.stateAt(),
                row.userId(),
                row.mailbox().alias(),
                row.mailbox().subject(),
                row.waiting(),
                row.nextAttemptAt(),
                row.attempts(),
                FailureReport.of(Optional.ofNullable(row.failure())),
                grant.map(ConnectedGrant::grantId).orElse(null),
                grant.map(ConnectedGrant::email).orElse(null),
                grant.map(known -> known.connection().application()).orElse(null),
                grant.map(known -> known.connection().name()).orElse(null),
                grant.map(ConnectedGrant::connectedAt).orElse(null),
                row.expiredAt(),
                row.linkGoneAt());
    }
}
