package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.Administrators;
import io.github.keycloaknylas.it.support.BackfillCalls;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.OurTables;
import io.github.keycloaknylas.it.support.PostgresEnvironment;
import io.github.keycloaknylas.it.support.Scenario;
import io.github.keycloaknylas.it.support.StoredTokens;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.server.IdentityProvider;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Users whose tokens Keycloak had stored before it had the mapper get their grants without a sign-in. */
class BackfillIT {

    private static final KeycloakServer SERVER = PostgresEnvironment.keycloak();
    private static final OurTables TABLES = PostgresEnvironment.TABLES;

    @Test
    void storedTokensOfTheOidcProviderAreCountedAndThenHandedOverOnce() {
        handOver(MicrosoftRealm.oidc("entra").storingTokens());
    }

    @Test
    void storedTokensOfTheSocialProviderAreHandedOverAsWell() {
        handOver(MicrosoftRealm.social("entra"));
    }

    private static void handOver(IdentityProvider provider) {
        try (Scenario scenario = Scenario.before(SERVER, provider)) {
            BackfillCalls calls = new BackfillCalls(SERVER, scenario.microsoft(), "entra");
            Map<Account, String> people = new LinkedHashMap<>();
            for (int i = 0; i < 3; i++) {
                Account account = MicrosoftRealm.somebody();
                people.put(account, scenario.knownUser(account));
            }
            assertThat(calls.start(true, 5).status()).as("without the mapper").isEqualTo(409);
            scenario.addMapper();
            assertThat(calls.show().text("state")).isEqualTo("none");

            assertThat(calls.start(true, 5).status()).isEqualTo(200);
            BackfillCalls.Answer counted = awaitDone(calls);
            assertThat(counted.number("queued")).isEqualTo(3);
            assertThat(counted.number("total")).isEqualTo(3);
            assertThat(people.keySet()).allMatch(account -> MicrosoftRealm.handovers(account) == 0);

            assertThat(calls.start(false, 50).status()).isEqualTo(200);
            people.forEach((account, userId) -> assertThat(scenario.microsoft().awaitGrantId(userId))
                    .isEqualTo(MicrosoftRealm.grantIdAtNylas(account)));
            BackfillCalls.Answer done = awaitDone(calls);
            assertThat(done.number("done")).isEqualTo(3);
            assertThat(done.json().path("outcomes").path("connected").asInt()).isEqualTo(3);
            assertThat(people.keySet()).allMatch(account -> MicrosoftRealm.handovers(account) == 1);
            assertThat(TestEnvironment.MICROSOFT.refreshTokens())
                    .noneMatch(token -> done.body().contains(token.value()));
            assertThat(TABLES.count("federated_identity where token like '%refresh_token%' and realm_id = '"
                            + realmId(scenario.microsoft()) + "'"))
                    .as("what Keycloak has stored stays")
                    .isEqualTo(3);

            calls.start(false, 50);
            assertThat(awaitDone(calls)
                            .json()
                            .path("skipped")
                            .path("already_connected")
                            .asInt())
                    .isEqualTo(3);
        }
    }

    @Test
    void aSignInDuringTheBackfillHasItsGrantAtOnceAndACancelledBackfillQueuesNothingMore() {
        try (MicrosoftRealm realm = realmWithStoredTokens()) {
            BackfillCalls calls = new BackfillCalls(SERVER, realm, "entra");
            new StoredTokens(TABLES, realm, "entra").add(40);
            calls.start(false, 1);
            await().atMost(MicrosoftRealm.SOON).until(() -> calls.show().number("queued") > 0);
            assertThat(calls.start(false, 1).status()).isEqualTo(409);

            realm.awaitGrantId(
                    realm.signIn("entra", MicrosoftRealm.somebody()).tokens().userId());
            BackfillCalls.Answer cancelled = calls.cancel();

            assertThat(cancelled.text("state")).isEqualTo("cancelled");
            assertThat(cancelled.number("queued")).isPositive().isLessThan(40);
            assertThat(calls.cancel().status()).isEqualTo(404);
            await().atMost(MicrosoftRealm.SOON).untilAsserted(() -> {
                BackfillCalls.Answer after = calls.show();
                assertThat(after.number("queued")).isEqualTo(cancelled.number("queued"));
                assertThat(after.json().path("outcomes").path("connected").asLong())
                        .isEqualTo(cancelled.number("queued"));
            });
        }
    }

    @Test
    void whatCannotBeDoneIsAnsweredWithWhatToDo() {
        try (MicrosoftRealm realm = realmWithStoredTokens()) {
            BackfillCalls calls = new BackfillCalls(SERVER, realm, "entra");
            assertThat(calls.post("{").status()).isEqualTo(400);
            assertThat(calls.post("{\"provider\":\"entra\"}").text("errorMessage"))
                    .contains("'dryRun'");
            assertThat(calls.post("{\"provider\":\"entra\",\"dryRun\":true,\"rate\":51}")
                            .text("errorMessage"))
                    .contains("from 1 to 50");
            assertThat(calls.post("{\"provider\":\"unknown\",\"dryRun\":true}").status())
                    .isEqualTo(404);
            String viewer =
                    Administrators.token(SERVER, realm.keycloak(), List.of("view-users", "view-identity-providers"));
            assertThat(calls.send("GET", "", viewer).status()).isEqualTo(200);
            assertThat(calls.send("POST", "{}", viewer).status()).isEqualTo(403);
            assertThat(calls.send("DELETE", "", viewer).status()).isEqualTo(403);
            String other = Administrators.token(SERVER, realm.keycloak(), List.of("view-realm"));
            assertThat(calls.send("GET", "", other).status()).isEqualTo(403);
        }
    }

    private static MicrosoftRealm realmWithStoredTokens() {
        MicrosoftRealm realm = MicrosoftRealm.empty(SERVER);
        realm.add(MicrosoftRealm.oidc("entra").storingTokens(), Map.of());
        return realm;
    }

    private static BackfillCalls.Answer awaitDone(BackfillCalls calls) {
        return await().atMost(Duration.ofMinutes(1))
                .until(calls::show, answer -> answer.text("state").equals("done"));
    }

    private static String realmId(MicrosoftRealm realm) {
        return realm.keycloak().admin().toRepresentation().getId();
    }
}
