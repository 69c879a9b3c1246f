package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.Advice;
import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.config.Scopes;
import io.github.keycloaknylas.metrics.Meters;
import io.github.keycloaknylas.nylas.Answer;
import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.Handover;
import io.github.keycloaknylas.nylas.NylasClient;
import io.github.keycloaknylas.nylas.NylasGrant;
import io.github.keycloaknylas.nylas.Scope;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jboss.logging.Logger;

/** One handover: call, with no transaction open, then record, and draw the conclusions for the others that wait. */
final class Attempt {

    private static final Logger LOG = Logger.getLogger(Attempt.class);

    private final NylasClient nylas;
    private final Recorder recorder;
    private final Gates gates;
    private final Backoff backoff;
    private final RefusalWatch refusals;
    private final Advice advice;

    Attempt(NylasClient nylas, Recorder recorder, Gates gates, Backoff backoff, RefusalWatch refusals, Advice advice) {
        this.nylas = nylas;
        this.recorder = recorder;
        this.gates = gates;
        this.backoff = backoff;
        this.refusals = refusals;
        this.advice = advice;
    }

    void make(Claim claim) {
        Connection connection = claim.connection();
        Answer<NylasGrant> answer = nylas.connect(
                claim.target(),
                new Handover(
                        claim.refreshToken(),
                        connection.endpoint().credentialId().orElse(null)));
        if (answer instanceof Answer.Done<NylasGrant> done) {
            granted(claim, done);
        } else if (answer instanceof Answer.Failed<NylasGrant> failed) {
            failed(claim, failed.failure());
        }
    }

    private void granted(Claim claim, Answer.Done<NylasGrant> done) {
        gates.succeeded(claim.connection());
        refusals.accepted(claim.mailbox());
        Recorder.Outcome outcome = recorder.granted(claim, done.value());
        Meters.handover(outcome.name().toLowerCase(Locale.ROOT));
        LOG.debugf(
                "Nylas grants, realm '%s', provider '%s', user %s: grant %s, %s (request %s)",
                claim.realmName(),
                claim.mailbox().alias(),
                claim.userId(),
                done.value().id(),
                outcome,
                done.requestId());
        if (outcome == Recorder.Outcome.HELD) {
            LOG.warnf(
                    "Nylas grants, realm '%s', provider '%s', user %s: Nylas answered with a mailbox that is not this"
                            + " person's, or that somebody else holds (grant %s, request %s). Nothing is shown to"
                            + " applications. Find out whose mailbox it is before anything else.",
                    claim.realmName(),
                    claim.mailbox().alias(),
                    claim.userId(),
                    done.value().id(),
                    done.requestId());
        }
        warnOfMissingScopes(claim, done.value());
    }

    private void warnOfMissingScopes(Claim claim, NylasGrant grant) {
        Set<String> missing = Scopes.missing(grant.scopes(), claim.requiredScopes());
        if (!missing.isEmpty()) {
            advise(
                    claim,
                    "Nylas granted less than the mapper requires: " + String.join(", ", missing)
                            + " is missing. Add it to the scopes of Nylas' Microsoft connector.");
        }
    }

    private void failed(Claim claim, Failure failure) {
        Meters.handover(failure.kind().name().toLowerCase(Locale.ROOT));
        if (failure.kind() == FailureKind.SIGN_IN_AGAIN) {
            recorder.refused(claim, failure);
            refusals.refused(claim.mailbox());
            if (refusals.areMost(claim.mailbox())) {
                advise(
                        claim,
                        "Most refresh tokens of this provider are refused. The likely cause: the client id of the provider"
                                + " is not the one of Nylas' Microsoft connector. Both need the same Entra application.");
            }
        } else if (failure.kind() == FailureKind.TEMPORARY) {
            recorder.postponed(claim, failure, temporaryWait(claim, failure));
        } else {
            recorder.postponed(claim, failure, administratorWait(claim, failure));
            advise(claim, failure.hint());
        }
        LOG.debugf(
                "Nylas grants, realm '%s', provider '%s', user %s: %s",
                claim.realmName(), claim.mailbox().alias(), claim.userId(), failure);
    }

    private Duration temporaryWait(Claim claim, Failure failure) {
        if (failure.retryAfter() != null && !failure.retryAfter().isZero()) {
            gates.pause(claim.connection(), failure.retryAfter());
            return failure.retryAfter();
        }
        gates.troubled(claim.connection(), claim.mailbox());
        return backoff.temporary(claim.attempts());
    }

    // A refused key or client secret is everybody's: the gate says when the next try is, not the row.
    private Duration administratorWait(Claim claim, Failure failure) {
        if (failure.scope() == Scope.CONNECTION) {
            gates.refusedConnection(claim.connection(), claim.mailbox());
            return Duration.ZERO;
        }
        if (failure.scope() == Scope.CREDENTIAL) {
            gates.refusedCredential(claim.connection(), claim.mailbox());
            return Duration.ZERO;
        }
        return backoff.slow(claim.attempts());
    }

    private void advise(Claim claim, String sentence) {
        advice.warn(claim.realmName(), claim.mailbox().alias(), sentence);
    }
}
