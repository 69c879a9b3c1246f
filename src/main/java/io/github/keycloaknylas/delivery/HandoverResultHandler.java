package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.limits.Backoff;
import io.github.keycloaknylas.limits.CallPermit;
import io.github.keycloaknylas.monitoring.Meters;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.FailureReach;
import io.github.keycloaknylas.nylas.NylasGrant;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jboss.logging.Logger;

/** Handles the result of a handover: records, counts and logs it, and reports it to the circuit breakers. */
final class HandoverResultHandler {

    private static final Logger LOG = Logger.getLogger(HandoverResultHandler.class);

    private final Recorder recorder;
    private final Backoff backoff;
    private final RefusalCounter refusals;
    private final ThrottledWarnings warnings;

    HandoverResultHandler(Recorder recorder, Backoff backoff, RefusalCounter refusals, ThrottledWarnings warnings) {
        this.recorder = recorder;
        this.backoff = backoff;
        this.refusals = refusals;
        this.warnings = warnings;
    }

    void granted(PreparedHandover handover, String application, CallResult.Done<NylasGrant> done) {
        refusals.accepted(handover.signIn().mailbox());
        Recorder.Outcome outcome = recorder.granted(handover, application, done.value());
        Meters.handover(outcome.name().toLowerCase(Locale.ROOT));
        LOG.debugf(
                "Nylas grants, realm '%s', provider '%s', user %s: grant %s, %s (request %s)",
                handover.signIn().realmName(),
                handover.signIn().mailbox().alias(),
                handover.signIn().userId(),
                done.value().id(),
                outcome,
                done.requestId());
        if (outcome == Recorder.Outcome.HELD) {
            warn(
                    handover,
                    "user " + handover.signIn().userId()
                            + ": Nylas returned another mailbox than the user's, or a grant that"
                            + " another user holds (grant "
                            + done.value().id()
                            + "). Applications do not see it. Find out whose mailbox it is before anything else.");
        }
        warnOfMissingScopes(handover, done.value());
    }

    private void warnOfMissingScopes(PreparedHandover handover, NylasGrant grant) {
        Set<String> missing = handover.signIn()
                .provider()
                .scopes()
                .missing(grant.scopes(), handover.mapper().requiredScopes());
        if (!missing.isEmpty()) {
            warn(
                    handover,
                    "Nylas granted less than the mapper requires: " + String.join(", ", missing)
                            + " is missing. Add it to the scopes of Nylas' "
                            + handover.signIn().provider().displayName() + " connector.");
        }
    }

    void failed(PreparedHandover handover, Failure failure, CallPermit permit) {
        Meters.handover(failure.kind().name().toLowerCase(Locale.ROOT));
        if (failure.kind() == FailureKind.SIGN_IN_AGAIN) {
            permit.succeeded();
            signInAgain(handover, failure);
        } else if (failure.kind() == FailureKind.TEMPORARY) {
            recorder.postponed(handover, failure, temporaryWait(handover, failure, permit));
        } else {
            administrator(handover, failure, permit);
        }
        LOG.debugf(
                "Nylas grants, realm '%s', provider '%s', user %s: %s",
                handover.signIn().realmName(),
                handover.signIn().mailbox().alias(),
                handover.signIn().userId(),
                failure);
    }

    private void signInAgain(PreparedHandover handover, Failure failure) {
        recorder.refused(handover, failure);
        refusals.refused(handover.signIn().mailbox());
        if (refusals.areMost(handover.signIn().mailbox())) {
            warn(
                    handover,
                    "Most refresh tokens of this provider are refused. The likely cause: the client id of the provider"
                            + " is not the one of Nylas' "
                            + handover.signIn().provider().displayName()
                            + " connector. Both need the same "
                            + handover.signIn().provider().words().application() + ".");
        }
    }

    private Duration temporaryWait(PreparedHandover handover, Failure failure, CallPermit permit) {
        if (failure.retryAfter() != null && !failure.retryAfter().isZero()) {
            permit.paused(failure.retryAfter());
            return failure.retryAfter();
        }
        permit.troubled(handover.row().rowId());
        return backoff.temporary(handover.failed().attempts());
    }

    // A refused key or client secret concerns all rows: the breaker decides when the next call is made, not the row.
    private void administrator(PreparedHandover handover, Failure failure, CallPermit permit) {
        if (failure.reach() == FailureReach.CONNECTION) {
            permit.refusedConnection();
            recorder.waiting(handover, failure);
        } else if (failure.reach() == FailureReach.CREDENTIAL) {
            permit.refusedCredential();
            recorder.waiting(handover, failure);
        } else {
            permit.succeeded();
            recorder.refusedForRow(
                    handover, failure, backoff.slow(handover.failed().refusals()));
        }
        warn(handover, failure.hint());
    }

    private void warn(PreparedHandover handover, String sentence) {
        warnings.warn(handover.signIn().realmName(), handover.signIn().mailbox().alias(), sentence);
    }
}
