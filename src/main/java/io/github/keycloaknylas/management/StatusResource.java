package io.github.keycloaknylas.management;

import io.github.keycloaknylas.config.ManualWebhook;
import io.github.keycloaknylas.delivery.Delivery;
import io.github.keycloaknylas.ledger.ConnectionRows;
import io.github.keycloaknylas.ledger.DeletionList;
import io.github.keycloaknylas.ledger.RealmCounts;
import io.github.keycloaknylas.ledger.RealmRows;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.keycloak.models.KeycloakSession;

/** What a realm has and what waits in it, at {@code /admin/realms/{realm}/nylas/status}. */
@Produces(MediaType.APPLICATION_JSON)
public final class StatusResource {

    private static final int MOST_APPLICATIONS = 1_000;

    private final Administration administration;

    /** @param administration the request */
    public StatusResource(Administration administration) {
        this.administration = administration;
    }

    /**
     * Counts by index. In the administration realm, the answer also has what concerns all realms: open circuit breakers of
     * the node that answers, and the reconciliation of each Nylas application.
     *
     * @return the counts
     * @throws jakarta.ws.rs.ForbiddenException (403) without view-users; in the administration realm without view-realm
     */
    @GET
    public StatusReport show() {
        administration.requireView();
        String realmId = administration.realm().getId();
        KeycloakSession session = administration.session();
        return StatusReport.of(
                RealmCounts.of(session, realmId),
                RealmRows.of(session, realmId),
                DeletionList.of(session),
                realmId,
                server(session));
    }

    private StatusReport.Server server(KeycloakSession session) {
        if (!ManualWebhook.isOfServer(administration.realm())) {
            return null;
        }
        administration.auth().realm().requireViewRealm();
        long now = System.currentTimeMillis();
        return new StatusReport.Server(
                session.getProvider(Delivery.class).openBreakers(),
                ConnectionRows.of(session).all(MOST_APPLICATIONS).stream()
                        .map(row -> StatusReport.Application.of(row, now))
                        .toList());
    }
}
