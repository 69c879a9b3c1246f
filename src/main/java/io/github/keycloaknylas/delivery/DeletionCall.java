package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.limits.Backoff;
import io.github.keycloaknylas.limits.CallLimits;
import io.github.keycloaknylas.limits.CallPermit;
import io.github.keycloaknylas.limits.CredentialKey;
import io.github.keycloaknylas.monitoring.Meters;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import io.github.keycloaknylas.nylas.ApiKey;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.DeletionOutcome;
import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.NylasClient;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Deletes one grant at Nylas, within the limits of its application. A key is used only if Nylas reports that it belongs
 * to the application of the grant: any other key would get a 404, which proves nothing about the grant.
 */
final class DeletionCall {

    private static final Duration WITHOUT_CONNECTION = Duration.ofMinutes(10);
    private static final Duration WITHOUT_PERMIT = Duration.ofMinutes(1);
    private static final Duration WANTED = Duration.ofMinutes(1);
    private static final Duration UNCHECKED = Duration.ofMinutes(5);
    private static final Duration UNDECIDED = Duration.ofHours(1);

    private final NylasClient nylas;
    private final Applications applications;
    private final CallLimits limits;
    private final DeletionQueue queue;
    private final Backoff backoff;
    private final ThrottledWarnings warnings;

    DeletionCall(
            NylasClient nylas,
            Applications applications,
            CallLimits limits,
            DeletionQueue queue,
            Backoff backoff,
            ThrottledWarnings warnings) {
        this.nylas = nylas;
        this.applications = applications;
        this.limits = limits;
        this.queue = queue;
        this.backoff = backoff;
        this.warnings = warnings;
    }

    void make(LeasedDeletion leased) throws InterruptedException {
        Optional<Connection> connection = leased.connections().stream()
                .filter(found -> applications.isOf(found, leased.home().application()))
                .findFirst();
        if (connection.isEmpty()) {
            wait(leased, "connection_missing", WITHOUT_CONNECTION);
            warn(
                    leased,
                    "Grants are queued for deletion at Nylas, but no connection reaches their application "
                            + leased.home().application() + ". Configure the connection '"
                            + leased.home().name() + "' with a key of that application, or delete the grants in the"
                            + " Nylas dashboard.");
            return;
        }
        CredentialKey key = new CredentialKey(
                URI.create(leased.home().apiUrl()),
                leased.home().application(),
                leased.home().credential());
        // Waits for its turn before the check, so that the call follows the check immediately.
        try (CallPermit permit = limits.permit(key, connection.get().version()).orElse(null)) {
            if (permit == null) {
                wait(leased, "circuit_breaker", WITHOUT_PERMIT);
            } else {
                deleteIfPermitted(leased, connection.get().key(), permit);
            }
        }
    }

    private void deleteIfPermitted(LeasedDeletion leased, ApiKey apiKey, CallPermit permit) {
        DeletionCheck.Verdict verdict = queue.verdict(leased);
        switch (verdict) {
            case DELETE -> delete(leased, apiKey, permit);
            case CANCEL -> Meters.deletion("cancelled");
            case WANTED -> wait(leased, verdict.failureClass, WANTED);
            case UNCHECKED -> wait(leased, verdict.failureClass, UNCHECKED);
            case LINKED, ELIGIBLE -> wait(leased, verdict.failureClass, UNDECIDED);
            case UNREADABLE -> {
                wait(leased, verdict.failureClass, UNDECIDED);
                warn(
                        leased,
                        "Grants are queued for deletion, but the user storage is not Keycloak's own, so it is unknown"
                                + " whether their accounts are linked to other users. They are deleted once an"
                                + " administrator confirms. See 'Too many deletions' in docs/delivery.md.");
            }
            case CONFIRMATION -> {
                wait(leased, verdict.failureClass, UNDECIDED);
                warn(
                        leased,
                        "More than " + DeletionLimit.MOST + " and more than 5 % of the connected mailboxes fell due for"
                                + " deletion within a day, so no grant of this provider is deleted until an"
                                + " administrator confirms. See 'Too many deletions' in docs/delivery.md.");
            }
            default -> throw new IllegalStateException(verdict.name());
        }
    }

    private void delete(LeasedDeletion leased, ApiKey apiKey, CallPermit permit) {
        CallResult<DeletionOutcome> answer =
                nylas.deleteGrant(apiKey, leased.grantId(), leased.provider().mail());
        if (answer instanceof CallResult.Failed<DeletionOutcome> failed) {
            failed(leased, failed.failure(), permit);
        } else {
            permit.succeeded();
            queue.done(leased);
            Meters.deletion("deleted");
        }
    }

    private void failed(LeasedDeletion leased, Failure failure, CallPermit permit) {
        FailedCall.report(failure, permit, leased.lease().id());
        Duration wait = failure.kind() == FailureKind.TEMPORARY
                ? FailedCall.pause(failure).orElseGet(() -> backoff.temporary(leased.attempts()))
                : backoff.slow(leased.attempts());
        Meters.deletion("failed");
        warn(leased, "Grants could not be deleted at Nylas and are tried again later. " + failure.hint());
        queue.failed(leased, failure, wait);
    }

    private void warn(LeasedDeletion leased, String sentence) {
        warnings.warn(leased.provider().realm(), leased.provider().alias(), sentence);
    }

    private void wait(LeasedDeletion leased, String failureClass, Duration wait) {
        Meters.deletion("waiting");
        queue.postpone(leased, failureClass, wait);
    }
}
