package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.DistributionOnly;
import io.github.keycloaknylas.it.support.Figures;
import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.OurTables;
import io.github.keycloaknylas.it.support.PostgresEnvironment;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.signin.Attempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The extension's tables are missing or cannot be written: people sign in all the same, and it is said once. */
@DistributionOnly("it is about the database")
@FullBuildOnly("it restarts servers")
class TablesIT {

    private static final String ERROR = "the tables NYLAS_CAPTURE and NYLAS_GRANT cannot be used";

    /** Capture looks at the tables again half a minute after it last did, when somebody signs in. */
    private static final Duration UNTIL_PROBED_AGAIN = Duration.ofSeconds(60);

    private final KeycloakServer server = PostgresEnvironment.keycloak();
    private final MicrosoftRealm realm = MicrosoftRealm.withOidc(server, Map.of());
    private final OurTables tables = PostgresEnvironment.TABLES;

    @AfterEach
    void cleanUp() {
        tables.execute("alter table if exists nylas_grant_away rename to nylas_grant");
        tables.execute("alter table nylas_capture drop constraint if exists shut");
        realm.close();
    }

    @Test
    void tablesMissingAtTheStartSwitchCaptureOffUntilTheyAreThere() {
        server.stop();
        tables.execute("alter table nylas_grant rename to nylas_grant_away");
        String before = server.log();
        server.start();

        signsInWithoutAGrant();
        assertThat(linesSince(before, " ERROR ")).singleElement().asString().contains(ERROR);

        tables.execute("alter table nylas_grant_away rename to nylas_grant");
        captureResumes();
    }

    @Test
    void tablesThatCannotBeWrittenAtTheStartSwitchCaptureOff() {
        server.stop();
        tables.execute("alter table nylas_capture add constraint shut check (false) not valid");
        String before = server.log();
        server.start();

        signsInWithoutAGrant();
        assertThat(linesSince(before, " ERROR ")).anyMatch(line -> line.contains(ERROR));

        tables.execute("alter table nylas_capture drop constraint shut");
        captureResumes();
    }

    @Test
    void tablesThatVanishWhileRunningCostOneSignInAtMost() {
        realm.awaitGrantId(
                realm.signIn("entra", MicrosoftRealm.somebody()).tokens().userId());
        tables.execute("alter table nylas_grant rename to nylas_grant_away");

        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            statuses.add(realm.signIn("entra", MicrosoftRealm.somebody()).page().status());
        }
        Figures.write(
                "tables-vanish.txt",
                List.of("HTTP status of four sign-ins after NYLAS_GRANT vanished on PostgreSQL: " + statuses));
        assertThat(statuses.subList(1, 4)).containsOnly(302);

        tables.execute("alter table nylas_grant_away rename to nylas_grant");
        captureResumes();
    }

    private void signsInWithoutAGrant() {
        Account account = MicrosoftRealm.somebody();
        long before = tables.count("nylas_capture");
        Attempt attempt = realm.signIn("entra", account);
        assertThat(attempt.tokens().username()).isEqualTo(account.userPrincipalName());
        assertThat(tables.count("nylas_capture")).isEqualTo(before);
    }

    private void captureResumes() {
        Account account = MicrosoftRealm.somebody();
        String userId = await().atMost(UNTIL_PROBED_AGAIN)
                .pollInterval(Duration.ofSeconds(2))
                .until(
                        () -> {
                            String id = realm.signIn("entra", account).tokens().userId();
                            return MicrosoftRealm.handovers(account) > 0 ? id : null;
                        },
                        id -> id != null);
        realm.awaitGrantId(userId);
    }

    private List<String> linesSince(String before, String text) {
        return server.log()
                .substring(before.length())
                .lines()
                .filter(line -> line.contains(text))
                .toList();
    }
}
