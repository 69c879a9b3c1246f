package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.ConnectionEntity;
import io.github.keycloaknylas.ledger.ConnectionGrants;
import io.github.keycloaknylas.ledger.ConnectionRows;
import io.github.keycloaknylas.ledger.NoticedGrant;
import io.github.keycloaknylas.ledger.Notices;
import java.time.Duration;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * Lets notices wait for a pass of the reconciliation: if there are too many to ask about each grant, and as long as a
 * pass waits for an administrator.
 *
 * @param most number of grants of an application whose notices may wait without a pass being made for them
 * @param passes whether there are passes at all
 */
record NoticeBacklog(int most, boolean passes) {

    /** As many as one page of a listing has. */
    static final int MOST = 200;

    /** Between two looks at what waits, and at least between two passes that are made for it. */
    static final Duration WAIT = Duration.ofMinutes(5);

    /** Returns whether the due notices of an application have been delayed until a pass answers them. */
    boolean delays(KeycloakSession session, NoticedGrant due, long now) {
        Optional<ConnectionEntity> application =
                passes ? ConnectionRows.of(session).find(due.connectionHash()) : Optional.empty();
        boolean stopped = application.flatMap(ConnectionEntity::alarmAt).isPresent();
        if (application.isEmpty() || !stopped && !areTooMany(session, due)) {
            return false;
        }
        long soon = now + WAIT.toMillis();
        Notices.of(session)
                .delay(due, now, stopped ? Math.max(soon, application.get().nextAt()) : soon);
        ConnectionRows.of(session).hasten(due.connectionHash(), now, now - WAIT.toMillis());
        return true;
    }

    // Of an application without any grant of this server, there are no passes, and looks make no calls.
    private boolean areTooMany(KeycloakSession session, NoticedGrant due) {
        return Notices.of(session).isAboutMoreThan(most, due)
                && !ConnectionGrants.of(session).someOf(due.connectionHash(), 1).isEmpty();
    }
}
