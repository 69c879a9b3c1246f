package io.github.keycloaknylas.admin;

import io.github.keycloaknylas.management.Administration;
import io.github.keycloaknylas.management.DeletionsResource;
import io.github.keycloaknylas.management.GrantsResource;
import io.github.keycloaknylas.management.HistoryResource;
import io.github.keycloaknylas.management.LinksGoneResource;
import io.github.keycloaknylas.management.StatusResource;
import io.github.keycloaknylas.setup.Setup;
import io.github.keycloaknylas.setup.SetupReport;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * The extension's part of the admin REST API, at {@code /admin/realms/{realm}/nylas}. Keycloak has verified the bearer
 * token before a method here is called. No response contains a secret.
 */
public final class NylasAdminResource {

    private static final String EVENT_RESOURCE = "NYLAS_SETUP";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final AdminEventBuilder event;

    NylasAdminResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder event) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.event = event;
    }

    /**
     * Sets the realm up: declares the user attributes of every Nylas mapper in the user profile and creates the client
     * scope {@code nylas} with the grant claims. Safe to repeat; writes one admin event ({@code ACTION} on {@code
     * NYLAS_SETUP}). Takes no body.
     *
     * <p>What is not safe to do without an administrator is only reported: nothing is registered or changed at Nylas,
     * no provider or mapper is changed, and nothing is confirmed.
     *
     * @return 200 with what was done ({@code done}), what is still wrong or waits for a decision ({@code problems}), what
     *     could not be checked or may be harmless ({@code notes}) and {@code ok}, which is true without problems. Each
     *     problem and note has a stable {@code code}, what is wrong ({@code problem}), why it matters ({@code why}) and
     *     the click or command that resolves it ({@code next}); docs/doctor.md lists the codes. An unreachable Nylas is
     *     such a problem, not an error
     * @throws jakarta.ws.rs.ForbiddenException (403) without the roles that the same changes require in the admin
     *     console: manage-realm for the user profile, manage-clients for the client scope, view-identity-providers for
     *     the checks
     */
    @POST
    @Path("setup")
    @Produces(MediaType.APPLICATION_JSON)
    public Response setUp() {
        auth.realm().requireManageRealm();
        auth.clients().requireManageClientScopes();
        auth.realm().requireViewIdentityProviders();
        SetupReport report = new Setup(session, realm).run();
        event.operation(OperationType.ACTION)
                .resource(EVENT_RESOURCE)
                .resourcePath(session.getContext().getUri())
                .representation(report)
                .success();
        return Response.ok(report).build();
    }

    /**
     * Checks the realm without changing it, for instance for monitoring. Calls Nylas for up to half a minute, and reads
     * the extension's tables by their indexes only.
     *
     * @return 200 with the same response as the set-up, with an empty {@code done}
     * @throws jakarta.ws.rs.ForbiddenException (403) without view-realm and view-identity-providers
     */
    @GET
    @Path("setup")
    @Produces(MediaType.APPLICATION_JSON)
    public Response check() {
        auth.realm().requireViewRealm();
        auth.realm().requireViewIdentityProviders();
        return Response.ok(new Setup(session, realm).check()).build();
    }

    /**
     * Returns the part of the API that manages webhooks, at {@code /admin/realms/{realm}/nylas/webhook}.
     *
     * @return the resource
     */
    @Path("webhook")
    public WebhookAdminResource webhook() {
        return new WebhookAdminResource(session, realm, auth, event);
    }

    /**
     * Returns the part of the API that reconciles, at {@code /admin/realms/{realm}/nylas/reconcile}.
     *
     * @return the resource
     */
    @Path("reconcile")
    public ReconciliationAdminResource reconciliation() {
        return new ReconciliationAdminResource(session, realm, auth, event);
    }

    /**
     * Returns the part of the API that lists grants which only Nylas knows, at {@code
     * /admin/realms/{realm}/nylas/unknown-grants}.
     *
     * @return the resource
     */
    @Path("unknown-grants")
    public UnknownGrantsAdminResource unknownGrants() {
        return new UnknownGrantsAdminResource(session, realm, auth);
    }

    /**
     * Returns the part of the API that deals with mailboxes and their grants, at {@code
     * /admin/realms/{realm}/nylas/grants}.
     *
     * @return the resource
     */
    @Path("grants")
    public GrantsResource grants() {
        return new GrantsResource(administration());
    }

    /**
     * Returns the part of the API that shows what happened, at {@code /admin/realms/{realm}/nylas/history}.
     *
     * @return the resource
     */
    @Path("history")
    public HistoryResource history() {
        return new HistoryResource(administration());
    }

    /**
     * Returns the part of the API that deals with lost links, at {@code /admin/realms/{realm}/nylas/links-gone}.
     *
     * @return the resource
     */
    @Path("links-gone")
    public LinksGoneResource linksGone() {
        return new LinksGoneResource(administration());
    }

    /**
     * Returns the part of the API that deals with deletions, at {@code /admin/realms/{realm}/nylas/deletions}.
     *
     * @return the resource
     */
    @Path("deletions")
    public DeletionsResource deletions() {
        return new DeletionsResource(administration());
    }

    /**
     * Returns the part of the API that counts, at {@code /admin/realms/{realm}/nylas/status}.
     *
     * @return the resource
     */
    @Path("status")
    public StatusResource status() {
        return new StatusResource(administration());
    }

    private Administration administration() {
        return new Administration(session, realm, auth, event);
    }

    /**
     * Returns the part of the API that hands over stored tokens, at {@code /admin/realms/{realm}/nylas/backfill}.
     *
     * @return the resource
     */
    @Path("backfill")
    public BackfillAdminResource backfill() {
        return new BackfillAdminResource(session, realm, auth, event);
    }
}
