package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.AdminApi;
import io.github.keycloaknylas.it.support.Administrators;
import io.github.keycloaknylas.it.support.FineGrainedPermissions;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.PostgresEnvironment;
import io.github.keycloaknylas.it.support.ProviderKind;
import io.github.keycloaknylas.it.support.Scenario;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.RealmRepresentation;

/** Who may call what: each route of the extension's admin REST API with each kind of caller. */
class AdminAccessIT {

    private static final KeycloakServer SERVER = PostgresEnvironment.keycloak();

    private static final String NOBODY = "no token";
    private static final String FORGED = "a token with another signature";
    private static final String EXPIRED = "a token that has expired";
    private static final String USER = "a plain user";
    private static final String VIEW_USERS = "view-users";
    private static final String MANAGE_USERS = "manage-users";
    private static final String VIEW_REALM = "view-realm and view-identity-providers";
    private static final String MANAGE_REALM = "manage-realm and manage-identity-providers";
    private static final String REALM_ADMIN = "realm-admin";
    private static final String OTHER_REALM = "realm-admin of another realm";
    private static final String SERVER_ADMIN = "administrator of the server";

    private record Route(String method, String path, String body, Set<String> permitted) {}

    private static Route route(String method, String path, String... permitted) {
        return new Route(method, path, null, Set.of(permitted));
    }

    private static List<Route> routes(String id) {
        String[] views = {VIEW_USERS, MANAGE_USERS, REALM_ADMIN, SERVER_ADMIN};
        String[] decides = {MANAGE_USERS, REALM_ADMIN, SERVER_ADMIN};
        String[] viewsRealm = {VIEW_REALM, MANAGE_REALM, REALM_ADMIN, SERVER_ADMIN};
        String[] managesRealm = {MANAGE_REALM, REALM_ADMIN, SERVER_ADMIN};
        String[] administers = {REALM_ADMIN, SERVER_ADMIN};
        return List.of(
                route("GET", "grants", views),
                route("GET", "grants/count", views),
                route("GET", "grants/" + id, views),
                route("GET", "grants/" + id + "/history", views),
                route("GET", "history?user=none", views),
                route("GET", "links-gone", views),
                route("GET", "deletions", views),
                route("GET", "status", views),
                route("POST", "grants/" + id + "/retry", decides),
                route("POST", "grants/" + id + "/accept", decides),
                new Route("POST", "links-gone/confirm", "{\"provider\": \"none\"}", Set.of(decides)),
                new Route("POST", "deletions/confirm", "{\"provider\": \"none\"}", Set.of(decides)),
                new Route("POST", "deletions/retry", "{\"provider\": \"none\"}", Set.of(decides)),
                route("GET", "reconcile?provider=none", viewsRealm),
                route("POST", "reconcile?provider=none", managesRealm),
                route("GET", "unknown-grants?provider=none", administers),
                route("GET", "webhook?provider=none", viewsRealm),
                route("POST", "webhook?provider=none", managesRealm),
                route("POST", "webhook/rotate?provider=none", managesRealm),
                route("DELETE", "webhook?provider=none", managesRealm),
                route("GET", "backfill?provider=none", administers),
                new Route("POST", "backfill", "{\"provider\": \"none\", \"dryRun\": true}", Set.of(administers)),
                route("DELETE", "backfill?provider=none", administers),
                route("GET", "setup", viewsRealm),
                route("POST", "setup", administers),
                route("POST", "grants/" + id + "/disconnect", decides));
    }

    @Test
    void eachRouteIsOpenToThoseWhoseRolesPermitItAndToNobodyElse() {
        try (Scenario scenario = Scenario.capturing(SERVER, ProviderKind.OIDC.provider());
                Scenario other = Scenario.before(SERVER, ProviderKind.OIDC.provider())) {
            AdminApi api = AdminApi.of(SERVER, scenario.keycloak().name());
            String id = rowOf(api, connectedUser(scenario));
            Map<String, AdminApi> callers = callers(api, scenario, other);

            List<String> wrong = new ArrayList<>();
            for (Route route : routes(id)) {
                callers.forEach((caller, calls) -> {
                    int status = calls.send(route.method(), route.path(), route.body())
                            .status();
                    boolean permitted = status != 401 && status != 403;
                    if (permitted != route.permitted().contains(caller) || status >= 500) {
                        wrong.add(route.method() + " " + route.path() + " by " + caller + ": " + status);
                    }
                });
            }

            assertThat(wrong).isEmpty();
        }
    }

    @Test
    void aPermissionForOneUserOpensThatUsersMailboxAndNoList() {
        try (Scenario scenario = Scenario.capturing(SERVER, ProviderKind.OIDC.provider())) {
            AdminApi api = AdminApi.of(SERVER, scenario.keycloak().name());
            String ada = connectedUser(scenario);
            String grace = connectedUser(scenario);
            FineGrainedPermissions permissions = FineGrainedPermissions.enable(scenario.keycloak());
            AdminApi views = api.with(permitted(scenario, permissions, "view", ada));
            AdminApi manages = api.with(permitted(scenario, permissions, "manage", ada));
            String adas = "grants/" + rowOf(api, ada);
            String graces = "grants/" + rowOf(api, grace);

            assertThat(views.get(adas).status()).isEqualTo(200);
            assertThat(views.get(adas + "/history").status()).isEqualTo(200);
            assertThat(views.get("history?user=" + ada).status()).isEqualTo(200);
            assertThat(manages.post(adas + "/retry").status())
                    .as("permitted, but nothing waits")
                    .isEqualTo(409);
            assertThat(List.of(
                            views.get(graces).status(),
                            views.get(graces + "/history").status(),
                            views.get("history?user=" + grace).status(),
                            views.get("grants").status(),
                            views.get("grants/count").status(),
                            views.post(adas + "/retry").status(),
                            views.post(adas + "/disconnect").status(),
                            manages.post(graces + "/retry").status(),
                            manages.post(graces + "/disconnect").status(),
                            manages.post("deletions/confirm", "{\"provider\": \"none\"}")
                                    .status()))
                    .containsOnly(403);
            assertThat(manages.post(adas + "/disconnect").status()).isLessThan(300);
        }
    }

    private static String permitted(
            Scenario scenario, FineGrainedPermissions permissions, String scope, String userId) {
        Administrators.Administrator administrator = Administrators.create(SERVER, scenario.keycloak(), List.of());
        permissions.permit(administrator.userId(), scope, userId);
        return administrator.token();
    }

    private static String connectedUser(Scenario scenario) {
        String userId = scenario.signIn(MicrosoftRealm.somebody()).tokens().userId();
        scenario.microsoft().awaitGrantId(userId);
        return userId;
    }

    private static String rowOf(AdminApi api, String userId) {
        return api.get("grants?user=" + userId)
                .json()
                .path("grants")
                .get(0)
                .path("id")
                .asText();
    }

    private static Map<String, AdminApi> callers(AdminApi api, Scenario scenario, Scenario other) {
        Map<String, AdminApi> callers = new LinkedHashMap<>();
        callers.put(NOBODY, api.with(""));
        callers.put(FORGED, api.with(forged(token(scenario, "realm-admin"))));
        callers.put(EXPIRED, api.with(expired(api, scenario)));
        callers.put(USER, api.with(token(scenario)));
        callers.put(VIEW_USERS, api.with(token(scenario, "view-users")));
        callers.put(MANAGE_USERS, api.with(token(scenario, "manage-users")));
        callers.put(VIEW_REALM, api.with(token(scenario, "view-realm", "view-identity-providers")));
        callers.put(MANAGE_REALM, api.with(token(scenario, "manage-realm", "manage-identity-providers")));
        callers.put(OTHER_REALM, api.with(token(other, "realm-admin")));
        callers.put(REALM_ADMIN, api.with(token(scenario, "realm-admin")));
        callers.put(SERVER_ADMIN, api);
        return callers;
    }

    /** A realm administrator's, which was valid for a second. */
    private static String expired(AdminApi api, Scenario scenario) {
        RealmRepresentation settings = scenario.keycloak().admin().toRepresentation();
        Integer lifespan = settings.getAccessTokenLifespan();
        settings.setAccessTokenLifespan(1);
        scenario.keycloak().admin().update(settings);
        String token = token(scenario, "realm-admin");
        settings.setAccessTokenLifespan(lifespan);
        scenario.keycloak().admin().update(settings);
        await().until(() -> api.with(token).get("status").status() == 401);
        return token;
    }

    private static String forged(String token) {
        return token.substring(0, token.lastIndexOf('.') + 1) + "A".repeat(86);
    }

    private static String token(Scenario scenario, String... roles) {
        return Administrators.token(SERVER, scenario.keycloak(), List.of(roles));
    }
}
