package io.github.keycloaknylas.it;

import static io.github.keycloaknylas.it.support.MicrosoftRealm.grantIdAtNylas;
import static io.github.keycloaknylas.it.support.MicrosoftRealm.handovers;
import static io.github.keycloaknylas.it.support.MicrosoftRealm.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.Cluster;
import io.github.keycloaknylas.it.support.ClusterNode;
import io.github.keycloaknylas.it.support.DistributionOnly;
import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.SentinelLogin;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.it.support.Users;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.nylas.WireFaults;
import io.github.keycloaknylas.testkit.signin.Attempt;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two nodes deliver from the same tables. In order: the second node ends killed. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@DistributionOnly("its nodes are processes")
@FullBuildOnly("it runs a cluster")
class TwoNodesIT {

    private static final Duration LATE = Duration.ofSeconds(1);

    @RegisterExtension
    static final Cluster CLUSTER = new Cluster();

    private static ClusterNode first;
    private static ClusterNode second;

    @BeforeAll
    static void start() {
        first = CLUSTER.start("first");
        second = CLUSTER.start("second");
        second.awaitSeeing(2);
    }

    @Test
    @Order(1)
    void aLoginBegunOnOneNodeCompletesOnTheOtherAndIsHandedOverOnce() {
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(first.server(), Map.of())) {
            Users.requireOfNewUsers(realm.keycloak(), "TERMS_AND_CONDITIONS");
            Account account = somebody();
            Attempt begun = realm.signIn("entra", account);
            assertThat(begun.isDone()).isFalse();
            assertThat(CLUSTER.tables().count("nylas_capture where completed_at is null and sealed_token <> '-'"))
                    .isEqualTo(1);

            String userId = begun.then(second.takesOverFrom(first.server()))
                    .acceptTerms()
                    .tokens()
                    .userId();

            assertThat(realm.awaitGrantId(userId)).isEqualTo(grantIdAtNylas(account));
            assertThat(handovers(account)).isEqualTo(1);
        }
    }

    @Test
    @Order(2)
    void bothNodesWorkOffWhatIsDueAndEachMailboxIsHandedOverOnce() {
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(first.server(), Map.of())) {
            TestEnvironment.NYLAS.faults().always(first.handovers().or(second.handovers()), WireFaults.late(LATE));
            int before = first.journal().size();
            int beforeOfSecond = second.journal().size();
            Map<Account, String> people = new LinkedHashMap<>();
            MicrosoftRealm other = realm.at(second.server());
            for (int i = 0; i < 24; i++) {
                Account account = somebody();
                people.put(
                        account,
                        (i % 3 == 0 ? other : realm)
                                .signIn("entra", account)
                                .tokens()
                                .userId());
            }

            people.forEach((account, userId) -> {
                assertThat(realm.awaitGrantId(userId)).isEqualTo(grantIdAtNylas(account));
                assertThat(handovers(account)).isEqualTo(1);
            });
            assertThat(first.journal()).hasSizeGreaterThan(before);
            assertThat(second.journal()).hasSizeGreaterThan(beforeOfSecond);
        }
    }

    @Test
    @Order(3)
    void whatANodeHadUnderWayWhenItWasKilledTheOtherTakesOverOnceTheLeaseIsOver() {
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(first.server(), Map.of())) {
            TestEnvironment.NYLAS.faults().always(second.handovers(), WireFaults.blackHole());
            MicrosoftRealm onSecond = realm.at(second.server());
            Map<Account, String> people = new LinkedHashMap<>();
            int hangingBefore = second.journal().size();
            do {
                Account account = somebody();
                people.put(account, onSecond.signIn("entra", account).tokens().userId());
                await().atMost(MicrosoftRealm.SOON)
                        .untilAsserted(() -> assertThat(handovers(account)).isEqualTo(1));
            } while (second.journal().size() < hangingBefore + 2);
            second.server().kill();
            TestEnvironment.NYLAS.faults().clear();

            SentinelLogin.of(first.server()).awaitGrant();
            assertThat(people.keySet())
                    .allSatisfy(account -> assertThat(handovers(account)).isEqualTo(1));
            people.values().forEach(CLUSTER::leaseIsOver);

            people.forEach((account, userId) -> {
                assertThat(realm.awaitGrantId(userId)).isEqualTo(grantIdAtNylas(account));
                assertThat(MicrosoftRealm.grantsAtNylas(account)).hasSize(1);
            });
        }
    }
}
