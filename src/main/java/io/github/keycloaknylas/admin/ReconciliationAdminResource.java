package io.github.keycloaknylas.admin;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.config.ConnectionSettings;
import io.github.keycloaknylas.ledger.ConnectionEntity;
import io.github.keycloaknylas.ledger.ConnectionRows;
import io.github.keycloaknylas.ledger.GrantConnection;
import io.github.keycloaknylas.setup.ChosenConnection;
import io.github.keycloaknylas.setup.RefusedCallException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Optional;
import java.util.function.Consumer;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Shows and starts the reconciliation of a connection's Nylas application. */
@Produces(MediaType.APPLICATION_JSON)
public final class ReconciliationAdminResource {

    private static final String EVENT_RESOURCE = "NYLAS_RECONCILIATION";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final AdminEventBuilder event;

    ReconciliationAdminResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder event) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.event = event;
    }

    /**
     * Shows when the application was reconciled, and what was found.
     *
     * @param connection name of a connection of the server; {@code default} if nothing is named. Only in the
     *     administration realm
     * @param provider alias of an identity provider whose mapper supplies a connection of the realm's own
     * @return 200 with its state; 409 if the application has never held grants of this server, or the connection cannot
     *     be used; 502 if Nylas could not be asked
     * @throws jakarta.ws.rs.ForbiddenException (403) without view-realm and view-identity-providers
     */
    @GET
    public Response show(@QueryParam("connection") String connection, @QueryParam("provider") String provider) {
        auth.realm().requireViewRealm();
        auth.realm().requireViewIdentityProviders();
        return answer(connection, provider, row -> {}, report -> {});
    }

    /**
     * Makes the reconciliation due now. It begins within a minute, on any node. Writes an admin event.
     *
     * @param connection as for {@link #show}
     * @param provider as for {@link #show}
     * @param confirm {@code true} if the differences that stopped the last pass are real: they are recorded
     * @return as for {@link #show}
     * @throws jakarta.ws.rs.ForbiddenException (403) without manage-realm and manage-identity-providers
     */
    @POST
    public Response start(
            @QueryParam("connection") String connection,
            @QueryParam("provider") String provider,
            @QueryParam("confirm") boolean confirm) {
        auth.realm().requireManageRealm();
        auth.realm().requireManageIdentityProviders();
        return answer(connection, provider, row -> row.request(confirm, System.currentTimeMillis()), report -> {
            LateAdminEvent.write(
                    session, realm.getId(), event, OperationType.ACTION, EVENT_RESOURCE, "reconcile", report);
        });
    }

    private Response answer(
            String name, String provider, Consumer<ConnectionEntity> change, Consumer<ReconciliationReport> then) {
        try {
            Connection connection = ChosenConnection.find(session, realm, name, provider, "reconcile");
            return NylasCall.answer(session, nylas -> {
                String application = WebhookAnswers.required(nylas.application(connection.key()))
                        .id();
                ReconciliationReport report = change(connection.settings(), application, change)
                        .orElseThrow(() -> new RefusedCallException(
                                Status.CONFLICT,
                                "The application " + application + " has held no grants of this server so far, so there"
                                        + " is nothing to reconcile."));
                then.accept(report);
                return report;
            });
        } catch (RefusedCallException e) {
            return e.response();
        }
    }

    private Optional<ReconciliationReport> change(
            ConnectionSettings settings, String application, Consumer<ConnectionEntity> change) {
        String hash = GrantConnection.of(settings, application).hash();
        return NylasCall.transaction(
                session,
                realm.getId(),
                own -> ConnectionRows.of(own).find(hash).map(row -> {
                    change.accept(row);
                    return ReconciliationReport.of(settings.name(), row, System.currentTimeMillis());
                }));
    }
}
