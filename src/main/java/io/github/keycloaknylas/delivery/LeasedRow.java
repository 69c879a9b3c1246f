package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.limits.PreparationLimiter;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * A due row that a worker of this node has leased.
 *
 * @param lease of the row in the ledger
 * @param slot the worker's share of the realm while it reads settings
 */
record LeasedRow(Lease lease, PreparationLimiter.Slot slot) {

    String rowId() {
        return lease.id();
    }

    String lane() {
        return lease.lane();
    }

    /** The row itself, or nothing if the lease is no longer held. */
    Optional<GrantEntity> in(KeycloakSession session) {
        return Ledger.of(session).leased(lease.id(), lease.token());
    }

    /** As {@link #in(KeycloakSession)}, to record a grant for it. */
    Optional<GrantEntity> in(Ledger ledger, ConnectedGrant grant) {
        return ledger.leased(lease.id(), lease.token(), grant);
    }
}
