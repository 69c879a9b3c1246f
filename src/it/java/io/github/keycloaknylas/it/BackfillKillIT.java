package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.BackfillCalls;
import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.OurTables;
import io.github.keycloaknylas.it.support.PostgresEnvironment;
import io.github.keycloaknylas.it.support.StoredTokens;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The server is killed in the middle of a backfill: nothing is lost, and nobody is handed over twice. */
@FullBuildOnly("it kills servers")
class BackfillKillIT {

    private static final int PEOPLE = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void aBackfillContinuesWhereTheKillStoppedIt() {
        KeycloakServer server = PostgresEnvironment.keycloak();
        OurTables tables = PostgresEnvironment.TABLES;
        try (MicrosoftRealm realm = MicrosoftRealm.empty(server)) {
            realm.add(MicrosoftRealm.oidc("entra").storingTokens(), Map.of());
            List<Account> people = new StoredTokens(tables, realm, "entra").add(PEOPLE);
            BackfillCalls calls = new BackfillCalls(server, realm, "entra");
            calls.start(false, 10);
            await().atMost(PATIENCE).until(() -> calls.show().number("queued") >= 50);
            server.kill();
            // So that the test does not wait for the leases of the killed node.
            tables.execute("update nylas_backfill set lease_until = 0");
            tables.execute("update nylas_grant set lease_until = 0, next_at = 0 where lease_token is not null");
            List<String> waited = tables.query("select user_id from nylas_grant where lease_token is not null");
            server.start();

            BackfillCalls.Answer done = await().atMost(PATIENCE)
                    .until(calls::show, answer -> answer.text("state").equals("done"));
            assertThat(done.number("done")).isEqualTo(PEOPLE);
            assertThat(done.number("queued")).isEqualTo(PEOPLE);
            String ours =
                    "realm_id = '" + realm.keycloak().admin().toRepresentation().getId() + "'";
            await().atMost(PATIENCE)
                    .until(() -> tables.count("nylas_grant where grant_state = 'CONNECTED' and " + ours) == PEOPLE);

            assertThat(tables.query("select count(distinct subject) from nylas_grant where " + ours))
                    .containsExactly(Integer.toString(PEOPLE));
            assertThat(people).allSatisfy(account -> {
                assertThat(MicrosoftRealm.grantsAtNylas(account)).hasSize(1);
                // A call that was in progress at the kill is repeated, and Nylas answers with the same grant.
                assertThat(MicrosoftRealm.handovers(account)).isBetween(1L, waited.contains(account.id()) ? 2L : 1L);
            });
        }
    }
}
