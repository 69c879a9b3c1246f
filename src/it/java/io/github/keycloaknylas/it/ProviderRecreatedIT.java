package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.ConnectedAccount;
import io.github.keycloaknylas.it.support.ConnectedAccounts;
import io.github.keycloaknylas.it.support.Deletions;
import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.it.support.LinkReads;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.NoGraceEnvironment;
import io.github.keycloaknylas.it.support.ProviderKind;
import io.github.keycloaknylas.it.support.Scenario;
import io.github.keycloaknylas.it.support.SentinelDeletion;
import io.github.keycloaknylas.it.support.Users;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.microsoft.App;
import io.github.keycloaknylas.testkit.nylas.Grant;
import io.github.keycloaknylas.testkit.server.TestUser;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.admin.client.resource.IdentityProvidersResource;
import org.keycloak.representations.idm.IdentityProviderRepresentation;

/** A provider that is deleted and created again takes all links along, and no grant. */
@FullBuildOnly("it waits until the sweep has looked at 1,000 rows several times")
class ProviderRecreatedIT {

    /** With {@code -Drecreated.people=1000} the test takes more than ten minutes: the sweep is slow on purpose. */
    private static final int PEOPLE = Integer.getInteger("recreated.people", 200);

    private static final int LOOKS = 2;
    private static final Duration PATIENCE = Duration.ofMinutes(5).plusSeconds(PEOPLE);

    /** What Keycloak identifies a provider by, besides its alias. */
    enum InternalId {
        NEW,
        SAME
    }

    @ParameterizedTest
    @EnumSource
    void allGrantsOutliveTheirProviderAndAreKeptAtTheNextSignIn(InternalId internalId) {
        try (Scenario scenario = Scenario.capturing(NoGraceEnvironment.keycloak(), ProviderKind.OIDC.provider())) {
            List<ConnectedAccount> people = new ConnectedAccounts(scenario, NoGraceEnvironment.TABLES).add(PEOPLE);

            deleteAndCreateAgain(scenario, internalId);
            LinkReads looks = LinkReads.since(NoGraceEnvironment.STATEMENTS);

            awaitLooks(looks, people);
            SentinelDeletion.awaitDeletion(NoGraceEnvironment.keycloak());
            assertNothingIsDeleted(people);
            assertKeepsTheGrant(scenario, people.get(0));
            assertNothingIsDeleted(people);
        }
    }

    private static void deleteAndCreateAgain(Scenario scenario, InternalId internalId) {
        IdentityProvidersResource providers = scenario.keycloak().admin().identityProviders();
        IdentityProviderRepresentation provider =
                providers.get(scenario.alias()).toRepresentation();
        // Keycloak shows it masked.
        provider.getConfig().put("clientSecret", App.DEFAULT.clientSecret());
        if (internalId == InternalId.NEW) {
            provider.setInternalId(null);
        }
        providers.get(scenario.alias()).remove();
        try (Response response = providers.create(provider)) {
            assertThat(response.getStatus()).isEqualTo(201);
        }
        scenario.addMapper();
    }

    /** Or until a deletion has shown that no more looks are needed. */
    private static void awaitLooks(LinkReads looks, List<ConnectedAccount> people) {
        List<String> userIds = people.stream().map(ConnectedAccount::userId).toList();
        await("looks at all rows")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(
                        () -> Deletions.of(grantIds(people)).isEmpty() ? looks.fewest(userIds) : LOOKS,
                        fewest -> fewest >= LOOKS);
    }

    private static void assertNothingIsDeleted(List<ConnectedAccount> people) {
        assertThat(Deletions.of(grantIds(people)).size()).as("DELETE requests").isZero();
        assertThat(ConnectedAccounts.states(NoGraceEnvironment.TABLES, people))
                .hasSize(PEOPLE)
                .containsOnly("CONNECTED");
    }

    /** The link is gone, so Keycloak asks the person to confirm it by the password. */
    private static void assertKeepsTheGrant(Scenario scenario, ConnectedAccount person) {
        Account account = person.account();
        Users.setPassword(scenario.keycloak(), person.userId(), "a-password");

        String userId = scenario.signIn(account)
                .addToExistingAccount()
                .password(new TestUser(account.userPrincipalName(), account.mail(), "a-password"))
                .tokens()
                .userId();

        assertThat(userId).isEqualTo(person.userId());
        assertThat(scenario.microsoft().awaitGrantId(userId)).isEqualTo(person.grantId());
        assertThat(MicrosoftRealm.grantsAtNylas(account)).extracting(Grant::id).containsExactly(person.grantId());
    }

    private static List<String> grantIds(List<ConnectedAccount> people) {
        return people.stream().map(ConnectedAccount::grantId).toList();
    }
}
