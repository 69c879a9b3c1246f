package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.ledger.GrantConnection;
import io.github.keycloaknylas.limits.CallPermit;
import io.github.keycloaknylas.limits.CredentialKey;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.FailureReach;
import io.github.keycloaknylas.nylas.NylasGrant;
import java.net.URI;
import java.util.Optional;

/**
 * Asks Nylas what a grant is, and records the answer. A key is used only if Nylas reports that it belongs to the
 * application of the grant: any other key would get a 404, which proves nothing about the grant.
 */
final class LookCall implements GrantLook {

    private final NylasCalls nylas;
    private final GrantReports reports;

    LookCall(NylasCalls nylas, GrantReports reports) {
        this.nylas = nylas;
        this.reports = reports;
    }

    /** Makes no call if no mailbox shows the grant. */
    @Override
    public LookResult look(String apiUrl, String application, String grantId) throws InterruptedException {
        Optional<GrantReports.Shown> shown = reports.shown(GrantConnection.grantHash(apiUrl, application, grantId));
        return shown.isEmpty() ? LookResult.NOT_SHOWN : look(shown.get());
    }

    private LookResult look(GrantReports.Shown shown) throws InterruptedException {
        GrantConnection home = shown.grant().connection();
        Optional<Connection> connection = shown.connections().stream()
                .filter(found -> nylas.applications().isOf(found, home.application()))
                .findFirst();
        if (connection.isEmpty()) {
            reports.warn(
                    shown,
                    "The state of grants at Nylas is not known, because no connection reaches their application "
                            + home.application() + ". Configure the connection '" + home.name()
                            + "' with a key of that application.");
            return LookResult.FAILED;
        }
        CredentialKey key = new CredentialKey(URI.create(home.apiUrl()), home.application(), home.credential());
        try (CallPermit permit =
                nylas.limits().permit(key, connection.get().version()).orElse(null)) {
            return permit == null ? LookResult.FAILED : ask(shown, connection.get(), permit);
        }
    }

    private LookResult ask(GrantReports.Shown shown, Connection connection, CallPermit permit) {
        CallResult<Optional<NylasGrant>> answer =
                nylas.client().grant(connection.key(), shown.grant().grantId());
        if (answer instanceof CallResult.Failed<Optional<NylasGrant>> failed) {
            return isAboutThisGrant(shown, failed.failure(), permit) ? LookResult.RECORDED : LookResult.FAILED;
        }
        permit.succeeded();
        return reports.record(shown, ((CallResult.Done<Optional<NylasGrant>>) answer).value());
    }

    // A grant that Nylas has blocked stays as it is: repeating the call would not help, nor would a new sign-in.
    private boolean isAboutThisGrant(GrantReports.Shown shown, Failure failure, CallPermit permit) {
        FailedCall.report(failure, permit, shown.hash());
        if (failure.kind() != FailureKind.TEMPORARY) {
            reports.warn(shown, "Nylas did not report the state of a grant. " + failure.hint());
        }
        return failure.reach() == FailureReach.ROW;
    }
}
