package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.ConnectedAccount;
import io.github.keycloaknylas.it.support.ConnectedAccounts;
import io.github.keycloaknylas.it.support.Deletions;
import io.github.keycloaknylas.it.support.DirectoryFailure;
import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.it.support.Handovers;
import io.github.keycloaknylas.it.support.LdapFederation;
import io.github.keycloaknylas.it.support.LdapRealm;
import io.github.keycloaknylas.it.support.LinkReads;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.NoGraceEnvironment;
import io.github.keycloaknylas.it.support.SentinelDeletion;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.nylas.WireFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Users of an LDAP directory keep their grants whatever happens to the directory: that a user is not found proves
 * nothing. All failures begin before the first test, so that the sweep is waited for once.
 */
@FullBuildOnly("it waits until the sweep has looked at every row several times")
class LdapIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int LOOKS = 3;

    private static final List<Case> CASES = new ArrayList<>();
    private static LinkReads looks;
    private static long patienceEnds;

    /** A realm, its people, and what happens to its directory. */
    record Case(DirectoryFailure failure, LdapFederation.Kind kind, LdapRealm realm, List<ConnectedAccount> people) {

        static Case of(DirectoryFailure failure, LdapFederation.Kind kind) {
            LdapRealm realm = LdapIT.realm(kind);
            return new Case(failure, kind, realm, realm.connect(DirectoryFailure.PEOPLE));
        }

        void begin() {
            failure.begin(realm, people);
        }

        List<String> grantIds() {
            return people.stream().map(ConnectedAccount::grantId).toList();
        }

        List<String> userIds() {
            return people.stream().map(ConnectedAccount::userId).toList();
        }

        @Override
        public String toString() {
            return failure + ", " + kind;
        }
    }

    @BeforeAll
    static void everyDirectoryFails() {
        Stream.of(LdapFederation.Kind.IMPORTING, LdapFederation.Kind.NOT_IMPORTING)
                .flatMap(kind -> Arrays.stream(DirectoryFailure.values()).map(failure -> Case.of(failure, kind)))
                .forEach(CASES::add);
        CASES.forEach(Case::begin);
        looks = LinkReads.since(NoGraceEnvironment.STATEMENTS);
        patienceEnds = System.nanoTime() + PATIENCE.toNanos();
    }

    @AfterAll
    static void close() {
        CASES.forEach(one -> one.realm().close());
    }

    @AfterEach
    void clearFaults() {
        TestEnvironment.NYLAS.faults().clear();
    }

    @ParameterizedTest
    @FieldSource("CASES")
    void nothingIsDeletedAndNobodyIsLostBecauseOfTheDirectory(Case one) {
        awaitLooks(one);

        assertThat(Deletions.of(one.grantIds())).isEmpty();
        assertThat(ConnectedAccounts.states(NoGraceEnvironment.TABLES, one.people()))
                .hasSize(DirectoryFailure.PEOPLE)
                .containsOnly("CONNECTED");
        assertThat(one.realm().linkedUsers())
                .isSubsetOf(one.userIds())
                .hasSize(one.failure().keeps(one.kind()));
    }

    @ParameterizedTest
    @EnumSource
    void theAttributeIsWrittenToKeycloaksOwnTables(LdapFederation.Kind kind) {
        try (LdapRealm realm = realm(kind)) {
            ConnectedAccount ada = realm.connect(1).get(0);

            awaitStored(realm, ada.userId(), ada.grantId());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theAttributeIsWrittenWhileTheDirectoryIsDown(LdapFederation.Kind kind) {
        try (LdapRealm realm = realm(kind)) {
            Account account = MicrosoftRealm.somebody();
            String userId = realm.link(account);
            TestEnvironment.NYLAS.faults().next(1, Handovers.of(account), WireFaults.late(Duration.ofHours(1)));
            realm.scenario().signIn(account).tokens();
            Handovers.await(account, 1);

            realm.directory().stop();
            TestEnvironment.NYLAS.faults().clear();

            await().atMost(MicrosoftRealm.SOON)
                    .until(() -> MicrosoftRealm.grantAtNylas(account).isPresent());
            awaitStored(realm, userId, MicrosoftRealm.grantIdAtNylas(account));
        }
    }

    @Test
    void onceTheDirectoryIsBackPeopleSignInAndKeepTheirGrants() {
        try (LdapRealm realm = realm(LdapFederation.Kind.IMPORTING)) {
            ConnectedAccount ada = realm.connect(1).get(0);
            realm.directory().stop();
            SentinelDeletion.awaitDeletion(NoGraceEnvironment.keycloak());

            realm.directory().startAgain();
            String userId = realm.scenario().signIn(ada.account()).tokens().userId();

            assertThat(userId).isEqualTo(ada.userId());
            realm.scenario().assertOneGrant(userId, ada.account());
        }
    }

    @Test
    void whoIsUnlinkedByAnAdministratorLosesTheGrantWhateverTheDirectorySays() {
        try (LdapRealm realm = realm(LdapFederation.Kind.IMPORTING)) {
            ConnectedAccount ada = realm.connect(1).get(0);

            realm.scenario()
                    .keycloak()
                    .user(ada.userId())
                    .removeFederatedIdentity(realm.scenario().alias());

            await().atMost(PATIENCE)
                    .until(() -> MicrosoftRealm.grantAtNylas(ada.account()).isEmpty());
        }
    }

    private static LdapRealm realm(LdapFederation.Kind kind) {
        return LdapRealm.create(NoGraceEnvironment.keycloak(), NoGraceEnvironment.TABLES, kind);
    }

    /** Or until a deletion has shown that no more looks are needed. */
    private static void awaitLooks(Case one) {
        Duration left = Duration.ofNanos(
                Math.max(patienceEnds - System.nanoTime(), Duration.ofSeconds(1).toNanos()));
        await("looks at " + one)
                .atMost(left)
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> Deletions.of(one.grantIds()).isEmpty() ? looks.fewest(one.userIds()) : LOOKS,
                        fewest -> fewest >= LOOKS);
    }

    private static void awaitStored(LdapRealm realm, String userId, String grantId) {
        await().atMost(MicrosoftRealm.SOON)
                .untilAsserted(() -> assertThat(realm.storedGrantIds(userId)).containsExactly(grantId));
    }
}
