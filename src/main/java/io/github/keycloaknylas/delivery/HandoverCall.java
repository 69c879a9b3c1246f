package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.config.ConnectionSettings;
import io.github.keycloaknylas.limits.CallLimits;
import io.github.keycloaknylas.limits.CallPermit;
import io.github.keycloaknylas.limits.ConcurrencyLimiter;
import io.github.keycloaknylas.limits.CredentialKey;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.GrantRequest;
import io.github.keycloaknylas.nylas.NylasApplication;
import io.github.keycloaknylas.nylas.NylasClient;
import io.github.keycloaknylas.nylas.NylasGrant;
import java.util.Optional;

/**
 * Calls Nylas for a prepared handover, with no transaction open, within the limits of its application: circuit
 * breakers, rate, and the number of workers for one URL.
 */
final class HandoverCall {

    /** Placeholder for the application of a key until Nylas has reported it: breakers and rate limiters need a name. */
    private static final String UNKNOWN = "?";

    private final NylasClient nylas;
    private final Applications applications;
    private final CallLimits limits;
    private final Lanes lanes;
    private final RowLeases leases;
    private final HandoverResultHandler result;

    HandoverCall(
            NylasClient nylas,
            Applications applications,
            CallLimits limits,
            Lanes lanes,
            RowLeases leases,
            HandoverResultHandler result) {
        this.nylas = nylas;
        this.applications = applications;
        this.limits = limits;
        this.lanes = lanes;
        this.leases = leases;
        this.result = result;
    }

    /** Calls and records the result, or returns the lease where a limit does not permit the call. */
    void make(PreparedHandover handover) throws InterruptedException {
        try (ConcurrencyLimiter.Slot slot =
                limits.concurrency().tryEnter(handover.connection().settings()).orElse(null)) {
            Optional<String> application = slot == null ? Optional.empty() : learn(handover);
            if (application.isEmpty() || !connect(handover, application.get())) {
                leases.giveBack(handover.row());
            }
        }
    }

    /**
     * Returns the application of the connection, or nothing if the row is to be put back or the failure has
     * been recorded.
     */
    private Optional<String> learn(PreparedHandover handover) throws InterruptedException {
        Optional<CallResult<NylasApplication>> known = applications.known(handover.connection());
        if (known.isPresent() && known.get() instanceof CallResult.Done<NylasApplication> done) {
            return Optional.of(done.value().id());
        }
        CredentialKey unknown = key(handover.connection(), UNKNOWN);
        try (CallPermit permit = permit(handover, unknown).orElse(null)) {
            if (permit == null) {
                return Optional.empty();
            }
            CallResult<NylasApplication> answer = applications.of(handover.connection());
            if (answer instanceof CallResult.Failed<NylasApplication> failed) {
                result.failed(handover, failed.failure(), permit);
                return Optional.empty();
            }
            permit.succeeded();
            return Optional.of(
                    ((CallResult.Done<NylasApplication>) answer).value().id());
        }
    }

    private boolean connect(PreparedHandover handover, String application) throws InterruptedException {
        try (CallPermit permit =
                permit(handover, key(handover.connection(), application)).orElse(null)) {
            if (permit == null) {
                return false;
            }
            CallResult<NylasGrant> answer = nylas.connect(
                    handover.connection().key(),
                    new GrantRequest(
                            handover.token().text(),
                            handover.connection().settings().credentialId().orElse(null),
                            "keycloak:" + handover.row().rowId()),
                    handover.signIn().provider());
            if (answer instanceof CallResult.Done<NylasGrant> done) {
                permit.succeeded();
                result.granted(handover, application, done);
            } else {
                result.failed(handover, ((CallResult.Failed<NylasGrant>) answer).failure(), permit);
            }
            return true;
        }
    }

    private Optional<CallPermit> permit(PreparedHandover handover, CredentialKey key) throws InterruptedException {
        String version = handover.connection().version();
        lanes.learned(
                handover.row().lane(), new Lanes.Route(handover.connection().settings(), key, version));
        return limits.permit(key, version);
    }

    private static CredentialKey key(Connection connection, String application) {
        ConnectionSettings settings = connection.settings();
        return new CredentialKey(settings.apiUrl(), application, settings.credentialId());
    }
}
