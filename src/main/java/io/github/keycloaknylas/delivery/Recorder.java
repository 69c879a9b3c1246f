package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.Endpoint;
import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.Departures;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.LastFailure;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.NylasGrant;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/** Writes down what came of a call, if the row is still ours. */
final class Recorder {

    private static final Logger LOG = Logger.getLogger(Recorder.class);

    private final Jobs jobs;
    private final InstantSource clock;

    Recorder(Jobs jobs, InstantSource clock) {
        this.jobs = jobs;
        this.clock = clock;
    }

    /** What a grant came to, in words that the metrics may carry. */
    enum Outcome {
        CONNECTED,
        HELD,
        DROPPED
    }

    Outcome granted(Claim claim, NylasGrant answer) {
        try {
            return jobs.call(session -> granted(session, claim, answer));
        } catch (RuntimeException e) {
            // Two rows recorded the same grant at the same moment: the unique column let one through.
            LOG.debugf(e, "Row %s is recorded once more", claim.rowId());
            return jobs.call(session -> granted(session, claim, answer));
        }
    }

    void refused(Claim claim, Failure failure) {
        ours(claim, row -> Transitions.refused(row, lastFailure(failure), claim.capturedAt(), clock.millis()));
    }

    /** @param wait until the next attempt; zero where a gate decides when */
    void postponed(Claim claim, Failure failure, Duration wait) {
        ours(claim, row -> Transitions.postponed(row, lastFailure(failure), clock.millis() + wait.toMillis()));
    }

    private Outcome granted(KeycloakSession session, Claim claim, NylasGrant answer) {
        Ledger ledger = Ledger.of(session);
        Optional<GrantEntity> ours = ledger.byId(claim.rowId()).filter(row -> row.isLeasedBy(claim.lease()));
        if (ours.isEmpty()) {
            return Outcome.DROPPED;
        }
        GrantEntity row = ours.get();
        long now = clock.millis();
        ConnectedGrant grant = connectedGrant(claim.connection().endpoint(), answer, now);
        String objection = objection(ledger, row, answer);
        if (row.is(GrantState.LEAVING)) {
            Departures.connectedTooLate(row, grant);
            return Transitions.OTHER_MAILBOX.equals(objection) ? Outcome.HELD : Outcome.DROPPED;
        }
        if (objection == null) {
            Transitions.connected(row, grant, claim.capturedAt(), now);
        } else {
            Transitions.held(row, grant, objection, claim.capturedAt(), now);
        }
        ledger.flush();
        return objection == null ? Outcome.CONNECTED : Outcome.HELD;
    }

    private static String objection(Ledger ledger, GrantEntity row, NylasGrant answer) {
        if (!row.expectedIdentity().fits(answer.providerUserId(), answer.email())) {
            return Transitions.OTHER_MAILBOX;
        }
        return ledger.isHeldByAnother(row, answer.id()) ? Transitions.HELD_BY_ANOTHER : null;
    }

    private static ConnectedGrant connectedGrant(Endpoint endpoint, NylasGrant answer, long now) {
        return new ConnectedGrant(
                answer.id(),
                ConnectedGrant.bounded(answer.email(), 2000),
                ConnectedGrant.bounded(answer.providerUserId(), 255),
                ConnectedGrant.scopes(answer.scopes()),
                endpoint.name(),
                endpoint.fingerprint(),
                ConnectedGrant.bounded(endpoint.keyReference(), 600),
                now);
    }

    private LastFailure lastFailure(Failure failure) {
        return new LastFailure(
                failure.kind().name().toLowerCase(Locale.ROOT),
                failure.type(),
                failure.httpStatus(),
                failure.requestId(),
                clock.millis());
    }

    private void ours(Claim claim, Consumer<GrantEntity> change) {
        jobs.run(session -> Ledger.of(session)
                .byId(claim.rowId())
                .filter(row -> row.isLeasedBy(claim.lease()))
                .ifPresent(change));
    }
}
