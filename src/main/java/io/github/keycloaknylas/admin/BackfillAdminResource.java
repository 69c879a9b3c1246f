package io.github.keycloaknylas.admin;

import io.github.keycloaknylas.backfill.BackfillEntity;
import io.github.keycloaknylas.backfill.BackfillObstacle;
import io.github.keycloaknylas.backfill.BackfillOrder;
import io.github.keycloaknylas.backfill.BackfillRows;
import io.github.keycloaknylas.backfill.BackfillStart;
import io.github.keycloaknylas.ledger.BackfilledMailboxes;
import io.github.keycloaknylas.links.JpaStoredLinks;
import io.github.keycloaknylas.setup.RefusedCallException;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.time.InstantSource;
import java.util.Optional;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * Hands over the refresh tokens that Keycloak has stored with the links of an identity provider. One backfill at a time
 * for each provider; a worker continues it, so the calls here return at once. No response contains a token.
 */
@Produces(MediaType.APPLICATION_JSON)
public final class BackfillAdminResource {

    private static final String EVENT_RESOURCE = "NYLAS_BACKFILL";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final AdminEventBuilder event;
    private final InstantSource clock = InstantSource.system();

    BackfillAdminResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder event) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.event = event;
    }

    /**
     * Shows the progress of the last backfill.
     *
     * @param provider alias of the identity provider
     * @return 200 with the progress, also if there is none; 400 if no provider is named
     * @throws jakarta.ws.rs.ForbiddenException (403) without view-users and view-identity-providers
     */
    @GET
    public Response show(@QueryParam("provider") String provider) {
        auth.users().requireView();
        auth.realm().requireViewIdentityProviders();
        return answer(() -> {
            requireNamed(provider);
            return report(provider);
        });
    }

    /**
     * Starts a backfill. Writes an admin event ({@code CREATE} on {@code NYLAS_BACKFILL}).
     *
     * @param body JSON with {@code provider}, {@code dryRun} and optionally {@code rate}
     * @return 200 with the progress; 400 for another body, 404 for an unknown provider, 409 if one is running or with
     *     what to correct first
     * @throws jakarta.ws.rs.ForbiddenException (403) without manage-users and manage-identity-providers
     */
    @POST
    public Response start(String body) {
        requireManage();
        return answer(() -> {
            BackfillRequest request = BackfillRequest.read(body);
            if (session.identityProviders().getByAlias(request.provider()) == null) {
                throw new RefusedCallException(
                        Status.NOT_FOUND, "The realm has no identity provider '" + request.provider() + "'.");
            }
            Optional<BackfillObstacle> obstacle = new BackfillStart(new JpaStoredLinks(), clock)
                    .start(
                            session,
                            new BackfillOrder(
                                    realm.getId(),
                                    request.provider(),
                                    request.dryRun(),
                                    request.rate(),
                                    administrator()));
            if (obstacle.isPresent()) {
                throw new RefusedCallException(Status.CONFLICT, obstacle.get().sentence());
            }
            return written(OperationType.CREATE, request.provider());
        });
    }

    /**
     * Cancels a backfill. Tokens that are queued already are still handed over. Writes an admin event ({@code DELETE} on
     * {@code NYLAS_BACKFILL}).
     *
     * @param provider alias of the identity provider, which need not exist any more
     * @return 200 with the progress; 400 if no provider is named, 404 if none is running
     * @throws jakarta.ws.rs.ForbiddenException (403) without manage-users and manage-identity-providers
     */
    @DELETE
    public Response cancel(@QueryParam("provider") String provider) {
        requireManage();
        return answer(() -> {
            requireNamed(provider);
            if (!BackfillRows.of(session).cancel(realm.getId(), provider, clock.millis())) {
                throw new RefusedCallException(
                        Status.NOT_FOUND, "No backfill of the provider '" + provider + "' is running.");
            }
            return written(OperationType.DELETE, provider);
        });
    }

    private void requireManage() {
        auth.users().requireManage();
        auth.realm().requireManageIdentityProviders();
    }

    private String administrator() {
        return auth.adminAuth().getUser().getId();
    }

    private interface Call {
        BackfillReport make() throws RefusedCallException;
    }

    private static Response answer(Call call) {
        try {
            return Response.ok(call.make()).build();
        } catch (RefusedCallException e) {
            return e.response();
        }
    }

    private static void requireNamed(String provider) throws RefusedCallException {
        if (provider == null || provider.isBlank()) {
            throw new RefusedCallException(
                    Status.BAD_REQUEST, "Name an identity provider: add ?provider=<alias> to the address.");
        }
    }

    private BackfillReport report(String provider) {
        Optional<BackfillEntity> run = BackfillRows.of(session).find(realm.getId(), provider);
        return run.map(found ->
                        BackfillReport.of(found, BackfilledMailboxes.of(session).outcomes(realm.getId(), provider)))
                .orElseGet(() -> BackfillReport.none(provider));
    }

    private BackfillReport written(OperationType operation, String provider) {
        BackfillReport report = report(provider);
        event.operation(operation)
                .resource(EVENT_RESOURCE)
                .resourcePath("nylas", "backfill")
                .representation(report)
                .success();
        return report;
    }
}
