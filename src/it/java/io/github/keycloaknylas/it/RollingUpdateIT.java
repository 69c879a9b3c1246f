package io.github.keycloaknylas.it;

import static io.github.keycloaknylas.it.support.MicrosoftRealm.grantIdAtNylas;
import static io.github.keycloaknylas.it.support.MicrosoftRealm.handovers;
import static io.github.keycloaknylas.it.support.MicrosoftRealm.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.BackgroundSignIns;
import io.github.keycloaknylas.it.support.Cluster;
import io.github.keycloaknylas.it.support.ClusterNode;
import io.github.keycloaknylas.it.support.DistributionOnly;
import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.it.support.Handovers;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.it.support.Users;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.nylas.ErrorFaults;
import io.github.keycloaknylas.testkit.nylas.RecordedRequest;
import io.github.keycloaknylas.testkit.signin.Attempt;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nodes with the previous jar and with this one share the tables. In order: one update, and the way back. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@DistributionOnly("its nodes are processes")
@FullBuildOnly("it runs a cluster")
class RollingUpdateIT {

    @RegisterExtension
    static final Cluster CLUSTER = new Cluster();

    private static ClusterNode old;
    private static ClusterNode present;

    @BeforeAll
    static void start() {
        old = startPrevious("one");
        present = CLUSTER.start("two");
        present.awaitSeeing(2);
    }

    @Test
    @Order(1)
    void whatOneVersionCapturedTheOtherDelivers() {
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(old.server(), Map.of())) {
            assertDeliveredByTheOther(realm, old, present);
            assertDeliveredByTheOther(realm.at(present.server()), present, old);
        }
    }

    @Test
    @Order(2)
    void noSignInFailsWhileANodeIsReplaced() {
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(present.server(), Map.of());
                MicrosoftRealm withTerms = MicrosoftRealm.withOidc(present.server(), Map.of())) {
            Users.requireOfNewUsers(withTerms.keycloak(), "TERMS_AND_CONDITIONS");
            MicrosoftRealm onOld = realm.at(old.server());
            BackgroundSignIns before = BackgroundSignIns.through(onOld);
            BackgroundSignIns throughout = BackgroundSignIns.through(realm);
            Map<Account, String> people = before.end();
            Account inBetween = somebody();
            Attempt begun = withTerms.at(old.server()).signIn("entra", inBetween);

            old.close();
            String agreed = begun.then(present.takesOverFrom(old.server()))
                    .acceptTerms()
                    .tokensFrom(withTerms.keycloak())
                    .userId();
            ClusterNode updated = CLUSTER.start("one");
            updated.awaitSeeing(2);
            people.putAll(BackgroundSignIns.through(realm.at(updated.server())).end());
            people.putAll(throughout.end());

            people.forEach((account, userId) -> {
                assertThat(realm.awaitGrantId(userId)).isEqualTo(grantIdAtNylas(account));
                assertThat(handovers(account)).isEqualTo(1);
            });
            assertThat(withTerms.awaitGrantId(agreed)).isEqualTo(grantIdAtNylas(inBetween));
            assertThat(handovers(inBetween)).isEqualTo(1);
        }
    }

    @Test
    @Order(3)
    void onTheWayBackThePreviousJarLeavesWhatALaterOneWroteAlone() {
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(present.server(), Map.of())) {
            Account owner = somebody();
            String later = realm.signIn("entra", owner).tokens().userId();
            realm.awaitGrantId(later);
            present.close();
            CLUSTER.tables().execute("alter table nylas_grant add column of_a_later_version varchar(10)");
            CLUSTER.tables()
                    .execute("update nylas_grant set grant_state = 'OF_LATER', handover_state = 'OF_LATER',"
                            + " next_at = 0, of_a_later_version = 'x' where user_id = '" + later + "'");
            String written = row(later);

            ClusterNode back = startPrevious("two");
            Account account = somebody();
            MicrosoftRealm onBack = realm.at(back.server());
            onBack.signIn("entra", owner).tokens();
            String userId = onBack.signIn("entra", account).tokens().userId();

            assertThat(onBack.awaitGrantId(userId)).isEqualTo(grantIdAtNylas(account));
            assertThat(row(later)).isEqualTo(written);
            assertThat(handovers(owner)).isEqualTo(1);
        }
    }

    private static void assertDeliveredByTheOther(MicrosoftRealm realm, ClusterNode capturing, ClusterNode other) {
        TestEnvironment.NYLAS.faults().always(capturing.handovers(), ErrorFaults.status(503));
        Account account = somebody();

        String userId = realm.signIn("entra", account).tokens().userId();
        // Either node may take a row that is due; it is due again at once, until the right one has.
        await().atMost(MicrosoftRealm.SOON).pollInterval(Duration.ofSeconds(1)).until(() -> {
            CLUSTER.tables().execute("update nylas_grant set next_at = 0 where handover_state = 'DUE'");
            return realm.grantId(userId).isPresent();
        });

        String grantId = realm.awaitGrantId(userId);
        assertThat(grantId).isEqualTo(grantIdAtNylas(account));
        List<RecordedRequest> calls = Handovers.journal(account);
        assertThat(calls.get(calls.size() - 1)).matches(other.handovers());
        TestEnvironment.NYLAS.faults().clear();
    }

    private static ClusterNode startPrevious(String name) {
        return CLUSTER.start(
                name,
                CLUSTER.options(TestEnvironment.plain(name), name)
                        .extension(previousJar())
                        .build());
    }

    private static Path previousJar() {
        try {
            return Path.of(RollingUpdateIT.class
                    .getResource("/previous/keycloak-nylas-previous.jar")
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String row(String userId) {
        return CLUSTER.tables()
                .query("select g::text from nylas_grant g where user_id = '" + userId + "'")
                .get(0);
    }
}
