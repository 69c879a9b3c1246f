package io.github.keycloaknylas.admin;

import io.github.keycloaknylas.ledger.WebhookEntity;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.NylasClient;
import io.github.keycloaknylas.nylas.NylasWebhook;
import io.github.keycloaknylas.setup.RefusedCallException;
import io.github.keycloaknylas.setup.WebhookRows;
import io.github.keycloaknylas.setup.WebhookTarget;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.Optional;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * Manages the webhook through which Nylas notifies this Keycloak, one for each connection. No body is read, and no
 * response contains the secret.
 */
@Produces(MediaType.APPLICATION_JSON)
public final class WebhookAdminResource {

    private static final String EVENT_RESOURCE = "NYLAS_WEBHOOK";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final AdminEventBuilder event;
    private final WebhookRows rows;

    WebhookAdminResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder event) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.event = event;
        this.rows = new WebhookRows(session.getKeycloakSessionFactory(), realm.getId(), InstantSource.system());
    }

    /**
     * Shows the webhook.
     *
     * @param connection name of a connection of the server; {@code default} if nothing is named. Only in the
     *     administration realm
     * @param provider alias of an identity provider whose mapper supplies a connection of the realm's own
     * @return 200 with its state, also if there is none
     * @throws jakarta.ws.rs.ForbiddenException (403) without view-realm and view-identity-providers
     */
    @GET
    public Response show(@QueryParam("connection") String connection, @QueryParam("provider") String provider) {
        auth.realm().requireViewRealm();
        auth.realm().requireViewIdentityProviders();
        return answer(connection, provider, (target, nylas) -> {
            Optional<WebhookEntity> row = rows.find(target.owner());
            return WebhookReport.of(target.owner().connection(), row, status(nylas, target, row), false);
        });
    }

    /**
     * Registers the webhook at Nylas, or repairs it. Safe to repeat: one that works is left alone. Writes an admin event
     * if it changes anything.
     *
     * @param connection as for {@link #show}
     * @param provider as for {@link #show}
     * @return 200 with its state; 409 with what to correct, 502 if Nylas could not be asked
     * @throws jakarta.ws.rs.ForbiddenException (403) without manage-realm and manage-identity-providers
     */
    @POST
    public Response register(@QueryParam("connection") String connection, @QueryParam("provider") String provider) {
        requireManage();
        return answer(connection, provider, (target, nylas) -> {
            boolean changed = new WebhookRegistration(target, rows, nylas).register();
            return changed(OperationType.CREATE, target, nylas, changed);
        });
    }

    /**
     * Replaces the secret of the webhook. The secret before is accepted for another hour. Writes an admin event.
     *
     * @param connection as for {@link #show}
     * @param provider as for {@link #show}
     * @return 200 with its state; 404 if it is not registered, 409 with what to correct, 502 if Nylas could not be asked
     * @throws jakarta.ws.rs.ForbiddenException (403) without manage-realm and manage-identity-providers
     */
    @POST
    @Path("rotate")
    public Response rotate(@QueryParam("connection") String connection, @QueryParam("provider") String provider) {
        requireManage();
        return answer(connection, provider, (target, nylas) -> {
            new WebhookRegistration(target, rows, nylas).rotate();
            return changed(OperationType.UPDATE, target, nylas, true);
        });
    }

    /**
     * Removes the webhook at Nylas and here. Writes an admin event.
     *
     * @param connection as for {@link #show}
     * @param provider as for {@link #show}
     * @return 200 with its state, 404 if it is not registered, 502 if Nylas could not be asked
     * @throws jakarta.ws.rs.ForbiddenException (403) without manage-realm and manage-identity-providers
     */
    @DELETE
    public Response remove(@QueryParam("connection") String connection, @QueryParam("provider") String provider) {
        requireManage();
        return answer(connection, provider, (target, nylas) -> {
            new WebhookRegistration(target, rows, nylas).remove();
            return changed(OperationType.DELETE, target, nylas, true);
        });
    }

    private void requireManage() {
        auth.realm().requireManageRealm();
        auth.realm().requireManageIdentityProviders();
    }

    private interface Step {
        WebhookReport run(WebhookTarget target, NylasClient nylas) throws RefusedCallException;
    }

    private Response answer(String connection, String provider, Step step) {
        try {
            WebhookTarget target = WebhookTarget.find(session, realm, connection, provider);
            return NylasCall.answer(session, nylas -> step.run(target, nylas));
        } catch (RefusedCallException e) {
            return e.response();
        }
    }

    private static String status(NylasClient nylas, WebhookTarget target, Optional<WebhookEntity> row) {
        return row.flatMap(WebhookEntity::nylasId)
                .map(id -> nylas.webhooks().read(target.connection().key(), id))
                .map(result -> result instanceof CallResult.Done<NylasWebhook> done
                        ? done.value().status()
                        : "unknown")
                .orElse("unknown");
    }

    private WebhookReport changed(OperationType operation, WebhookTarget target, NylasClient nylas, boolean changed) {
        Optional<WebhookEntity> row = rows.find(target.owner());
        WebhookReport report = WebhookReport.of(target.owner().connection(), row, status(nylas, target, row), changed);
        if (changed) {
            LateAdminEvent.write(session, realm.getId(), event, operation, EVENT_RESOURCE, "webhook", report);
        }
        return report;
    }
}
