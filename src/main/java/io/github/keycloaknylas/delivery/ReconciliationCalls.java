package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.delivery.ReconciliationSubjects.Subject;
import io.github.keycloaknylas.ledger.GrantConnection;
import io.github.keycloaknylas.limits.CallPermit;
import io.github.keycloaknylas.limits.ConnectionKey;
import io.github.keycloaknylas.limits.CredentialKey;
import io.github.keycloaknylas.limits.RateLimiters;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.NylasGrant;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;

/** The calls of the reconciliation, at its own low rate and within the limits of the application. */
final class ReconciliationCalls {

    private static final int PAGE = 200;

    private final NylasCalls nylas;
    private final RateLimiters rate;
    private final GrantLook look;
    private final InstantSource clock;

    /** @param rate of the reconciliation alone */
    ReconciliationCalls(NylasCalls nylas, RateLimiters rate, GrantLook look, InstantSource clock) {
        this.nylas = nylas;
        this.rate = rate;
        this.look = look;
        this.clock = clock;
    }

    /** Reads all grants of an application. Pages that shift while they are read may hide a grant. */
    GrantListing list(Subject subject, ReconciliationLease lease) throws PassBrokenOffException, InterruptedException {
        GrantListing listing = new GrantListing();
        int offset = 0;
        List<NylasGrant> page;
        do {
            page = page(subject, lease, offset);
            offset += page.size();
        } while (listing.add(page));
        return listing;
    }

    private List<NylasGrant> page(Subject subject, ReconciliationLease lease, int offset)
            throws PassBrokenOffException, InterruptedException {
        GrantConnection home = subject.home();
        Connection connection = subject.connection();
        awaitTurn(home, lease);
        CredentialKey key = new CredentialKey(
                URI.create(home.apiUrl()),
                home.application(),
                connection.settings().credentialId());
        try (CallPermit permit =
                nylas.limits().permit(key, connection.version()).orElse(null)) {
            if (permit == null) {
                throw PassBrokenOffException.because("circuit_breaker", clock.millis());
            }
            CallResult<List<NylasGrant>> answer = nylas.client().grants(connection.key(), offset, PAGE);
            if (answer instanceof CallResult.Failed<List<NylasGrant>> failed) {
                FailedCall.report(failed.failure(), permit, lease.connectionHash());
                throw PassBrokenOffException.after(failed.failure(), clock.millis());
            }
            permit.succeeded();
            return ((CallResult.Done<List<NylasGrant>>) answer).value();
        }
    }

    /** Asks Nylas about one grant and records the answer. */
    void look(Subject subject, String grantId, ReconciliationLease lease)
            throws PassBrokenOffException, InterruptedException {
        GrantConnection home = subject.home();
        awaitTurn(home, lease);
        if (look.look(home.apiUrl(), home.application(), grantId) == LookResult.FAILED) {
            throw PassBrokenOffException.because("look_failed", clock.millis());
        }
    }

    private void awaitTurn(GrantConnection home, ReconciliationLease lease)
            throws PassBrokenOffException, InterruptedException {
        lease.extend();
        if (!rate.await(new ConnectionKey(URI.create(home.apiUrl()), home.application()))) {
            throw PassBrokenOffException.because("stopped", clock.millis());
        }
    }
}
