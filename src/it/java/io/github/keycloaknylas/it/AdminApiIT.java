package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloaknylas.it.support.AdminApi;
import io.github.keycloaknylas.it.support.AdminApi.Answer;
import io.github.keycloaknylas.it.support.IdTokenForger;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.OurTables;
import io.github.keycloaknylas.it.support.PostgresEnvironment;
import io.github.keycloaknylas.it.support.ProviderKind;
import io.github.keycloaknylas.it.support.Scenario;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keycloak.events.admin.OperationType;
import org.keycloak.representations.idm.AdminEventRepresentation;
import org.keycloak.representations.idm.RealmEventsConfigRepresentation;

/** What administrators list and decide by the admin REST API. */
class AdminApiIT {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final OurTables TABLES = PostgresEnvironment.TABLES;
    private static final KeycloakServer SERVER = PostgresEnvironment.keycloak();

    private static Scenario scenario() {
        return Scenario.capturing(SERVER, ProviderKind.OIDC.provider());
    }

    private static AdminApi api(Scenario scenario) {
        return AdminApi.of(SERVER, scenario.keycloak().name());
    }

    private static String connected(Scenario scenario, Account account) {
        String userId = scenario.signIn(account).tokens().userId();
        scenario.microsoft().awaitGrantId(userId);
        return userId;
    }

    private static JsonNode mailbox(AdminApi api, String userId) {
        Answer answer = api.get("grants?user=" + userId);
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.json().path("grants")).hasSize(1);
        return answer.json().path("grants").get(0);
    }

    private static String held(Scenario scenario, Account account) {
        IdTokenForger.change(
                account,
                claims -> claims.replace(account.id(), "another-id").replace(account.mail(), "x-" + account.mail()));
        String userId = scenario.signIn(account).tokens().userId();
        await().atMost(SOON)
                .until(() -> scenario.microsoft()
                        .status(userId)
                        .filter("held"::equals)
                        .isPresent());
        return userId;
    }

    @Test
    void aGrantIsFoundByUserStatusProviderAndAddressAndShowsNoToken() {
        try (Scenario scenario = scenario()) {
            Account account = MicrosoftRealm.somebody();
            String userId = connected(scenario, account);
            AdminApi api = api(scenario);

            JsonNode grant = mailbox(api, userId);

            assertThat(grant.path("status").asText()).isEqualTo("connected");
            assertThat(grant.path("grantId").asText()).isEqualTo(MicrosoftRealm.grantIdAtNylas(account));
            assertThat(grant.path("email").asText()).isEqualTo(account.mail());
            assertThat(grant.path("provider").asText()).isEqualTo(scenario.alias());
            assertThat(grant.path("waiting").asBoolean()).isFalse();
            assertThat(grant.toString().toLowerCase()).doesNotContain("token\":\"", "sealed");
            String query = "status=connected&provider=" + scenario.alias() + "&search="
                    + account.mail().substring(0, 5).toUpperCase();
            assertThat(api.get("grants?" + query).json().path("grants")).hasSize(1);
            assertThat(api.get("grants/count?" + query).json().path("count").asInt())
                    .isEqualTo(1);
            assertThat(api.get("grants?status=reconnect").json().path("grants")).isEmpty();
            assertThat(api.get("grants/" + grant.path("id").asText()).json()).isEqualTo(grant);
        }
    }

    @Test
    void pagesShowEveryMailboxOnce() {
        try (Scenario scenario = scenario()) {
            for (int i = 0; i < 5; i++) {
                connected(scenario, MicrosoftRealm.somebody());
            }
            AdminApi api = api(scenario);

            Set<String> ids = new HashSet<>();
            List<Integer> sizes = new ArrayList<>();
            String next = "";
            do {
                JsonNode page = api.get("grants?max=2" + next).json();
                page.path("grants").forEach(grant -> ids.add(grant.path("id").asText()));
                sizes.add(page.path("grants").size());
                next = page.has("next") ? "&after=" + page.path("next").asText() : null;
            } while (next != null);

            assertThat(ids).hasSize(5);
            assertThat(sizes).containsExactly(2, 2, 1);
        }
    }

    @Test
    void anAcceptedGrantIsShownAndStaysAcceptedAtTheNextHandover() {
        try (Scenario scenario = Scenario.capturing(SERVER, IdTokenForger.unsigned())) {
            Account account = MicrosoftRealm.somebody();
            String userId = held(scenario, account);
            AdminApi api = api(scenario);
            String id = mailbox(api, userId).path("id").asText();
            recordEvents(scenario);

            Answer answer = api.post("grants/" + id + "/accept");

            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.text("status")).isEqualTo("connected");
            assertThat(scenario.microsoft().awaitGrantId(userId)).isEqualTo(MicrosoftRealm.grantIdAtNylas(account));
            assertThat(events(scenario)).singleElement().satisfies(event -> {
                assertThat(event.getOperationType()).isEqualTo(OperationType.ACTION.name());
                assertThat(event.getResourceType()).isEqualTo("NYLAS_GRANT");
                assertThat(event.getResourcePath()).endsWith("nylas/grants/" + id + "/accept");
            });
            TABLES.execute("update NYLAS_GRANT set CONNECTED_AT = 0 where ID = '" + id + "'");
            scenario.signIn(account).tokens();
            await().atMost(SOON).until(() -> MicrosoftRealm.handovers(account) == 2);
            await().atMost(SOON)
                    .until(() -> mailbox(api, userId).path("handedOverAt").asLong() > 0);
            assertThat(mailbox(api, userId).path("status").asText()).isEqualTo("connected");
        }
    }

    @Test
    void aDisconnectedGrantIsDeletedAtNylasAndTheNextSignInMakesAnother() {
        try (Scenario scenario = scenario()) {
            Account account = MicrosoftRealm.somebody();
            String userId = connected(scenario, account);
            AdminApi api = api(scenario);
            String id = mailbox(api, userId).path("id").asText();

            Answer answer = api.post("grants/" + id + "/disconnect");

            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            await().atMost(SOON)
                    .until(() -> MicrosoftRealm.grantAtNylas(account).isEmpty());
            await().atMost(SOON)
                    .until(() -> scenario.microsoft().grantId(userId).isEmpty());
            scenario.signIn(account).tokens();
            assertThat(scenario.microsoft().awaitGrantId(userId)).isEqualTo(MicrosoftRealm.grantIdAtNylas(account));
            JsonNode history = api.get("history?user=" + userId).json().path("entries");
            assertThat(history.findValuesAsText("event")).containsSubsequence("connected", "released", "connected");
            assertThat(history.findValuesAsText("source")).contains("administrator", "sign-in");
            assertThat(api.get("history?max=1&user=" + userId).json().path("entries"))
                    .hasSize(1);
        }
    }

    @Test
    void aRetryMakesAWaitingHandoverDueNow() {
        try (Scenario scenario = scenario()) {
            Account account = MicrosoftRealm.somebody();
            String userId = connected(scenario, account);
            AdminApi api = api(scenario);
            String id = mailbox(api, userId).path("id").asText();
            assertThat(api.post("grants/" + id + "/retry").error()).startsWith("Nothing waits for this mailbox");
            TABLES.execute("update NYLAS_GRANT set ATTRIBUTE_DUE = true, ATTRIBUTE_AT = 9000000000000,"
                    + " ROW_VERSION = ROW_VERSION + 1 where ID = '" + id + "'");

            assertThat(api.post("grants/" + id + "/retry").status()).isEqualTo(200);

            await().atMost(SOON)
                    .until(() -> TABLES.count("NYLAS_GRANT where ATTRIBUTE_DUE = true and ID = '" + id + "'") == 0);
        }
    }

    @Test
    void lostLinksAreListedAndTheirConfirmationEndsTheGrants() {
        try (Scenario scenario = scenario()) {
            Account account = MicrosoftRealm.somebody();
            String userId = connected(scenario, account);
            TABLES.execute("delete from FEDERATED_IDENTITY where USER_ID = '" + userId + "'");
            TABLES.execute("update NYLAS_GRANT set LINK_GONE_AT = 5, ROW_VERSION = ROW_VERSION + 1 where USER_ID = '"
                    + userId + "'");
            AdminApi api = api(scenario);
            assertThat(api.get("links-gone").json().path("grants")).hasSize(1);
            assertThat(api.get("status").json().path("linksGone").asInt()).isEqualTo(1);

            Answer answer = api.post("links-gone/confirm", "{\"provider\": \"" + scenario.alias() + "\"}");

            assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
            assertThat(answer.json().path("count").asInt()).isEqualTo(1);
            await().atMost(SOON)
                    .until(() -> api.get("links-gone").json().path("grants").isEmpty());
            await().atMost(SOON)
                    .until(() -> scenario.microsoft().grantId(userId).isEmpty());
            JsonNode deletion = api.get("deletions").json().path("deletions").get(0);
            assertThat(deletion.path("reason").asText()).isEqualTo("unlinked");
            assertThat(deletion.path("grantId").asText()).isEqualTo(MicrosoftRealm.grantIdAtNylas(account));
            Answer confirmed = api.post(
                    "deletions/confirm", "{\"ids\": [\"" + deletion.path("id").asText() + "\"]}");
            assertThat(confirmed.json().path("count").asInt()).isEqualTo(1);
            assertThat(api.get("deletions")
                            .json()
                            .path("deletions")
                            .get(0)
                            .path("confirmed")
                            .asBoolean())
                    .isTrue();
        }
    }

    @Test
    void theStatusCountsWhatTheRealmHasAndLeavesTheServerToItsAdministrators() {
        try (Scenario scenario = scenario()) {
            connected(scenario, MicrosoftRealm.somebody());

            JsonNode status = api(scenario).get("status").json();
            AdminApi master = AdminApi.of(SERVER, "master");
            awaitAnApplication(master);
            JsonNode server = master.get("status").json();

            assertThat(status.path("mailboxes").path("CONNECTED").asInt()).isEqualTo(1);
            assertThat(status.path("grants").asInt()).isEqualTo(1);
            assertThat(status.path("deletions").asInt()).isZero();
            assertThat(status.has("server")).isFalse();
            assertThat(server.path("server").path("breakers").isArray()).isTrue();
            assertThat(server.path("server").path("applications")).isNotEmpty();
        }
    }

    @Test
    void reconciliationIsStartedAndGrantsThatOnlyNylasKnowsAreListed() {
        try (Scenario scenario = scenario()) {
            Account account = MicrosoftRealm.somebody();
            connected(scenario, account);
            String known = MicrosoftRealm.grantIdAtNylas(account);
            AdminApi master = AdminApi.of(SERVER, "master");
            String connection = "connection="
                    + TABLES.query("select CONNECTION_NAME from NYLAS_GRANT where GRANT_ID = '" + known + "'")
                            .get(0);

            // Reconciliation knows an application within a minute of its first grant.
            await().atMost(SOON.multipliedBy(2))
                    .until(() -> master.post("reconcile?" + connection).status() == 200);

            Answer shown = master.get("reconcile?" + connection);
            assertThat(shown.text("application")).isNotEmpty();
            await().atMost(SOON.multipliedBy(2))
                    .until(() -> master.get("reconcile?" + connection).json().has("reconciledAt"));
            Answer unknown = master.get("unknown-grants?" + connection);
            assertThat(unknown.status()).as(unknown.toString()).isEqualTo(200);
            assertThat(unknown.json().path("grants").findValuesAsText("id")).doesNotContain(known);
        }
    }

    @Test
    void aRealmsAdministratorIsToldWhoManagesAConnectionOfTheServer() {
        try (Scenario scenario = scenario()) {
            Answer answer = api(scenario).post("reconcile");

            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.error()).contains("/admin/realms/master/nylas/reconcile?connection=<name>");
        }
    }

    /** Reconciliation knows an application within a minute of its first grant. */
    private static void awaitAnApplication(AdminApi master) {
        await().atMost(SOON.multipliedBy(2))
                .until(() -> !master.get("status")
                        .json()
                        .path("server")
                        .path("applications")
                        .isEmpty());
    }

    private static void recordEvents(Scenario scenario) {
        RealmEventsConfigRepresentation config = scenario.keycloak().admin().getRealmEventsConfig();
        config.setAdminEventsEnabled(true);
        config.setAdminEventsDetailsEnabled(true);
        scenario.keycloak().admin().updateRealmEventsConfig(config);
        scenario.keycloak().admin().clearAdminEvents();
    }

    private static List<AdminEventRepresentation> events(Scenario scenario) {
        return scenario.keycloak().admin().getAdminEvents().stream()
                .filter(event -> String.valueOf(event.getResourceType()).startsWith("NYLAS"))
                .toList();
    }
}
