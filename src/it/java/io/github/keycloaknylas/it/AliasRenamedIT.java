package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.ConnectedAccount;
import io.github.keycloaknylas.it.support.ConnectedAccounts;
import io.github.keycloaknylas.it.support.Deletions;
import io.github.keycloaknylas.it.support.LowestKeycloakOnly;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.NoGraceEnvironment;
import io.github.keycloaknylas.it.support.ProviderKind;
import io.github.keycloaknylas.it.support.Scenario;
import io.github.keycloaknylas.it.support.SentinelDeletion;
import io.github.keycloaknylas.it.support.SentinelLogin;
import io.github.keycloaknylas.testkit.nylas.Grant;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.resource.IdentityProvidersResource;
import org.keycloak.representations.idm.IdentityProviderRepresentation;

/** Keycloak 26.4 renames a provider's alias by removing every link and creating it again; the grants follow. */
@LowestKeycloakOnly("later versions refuse to rename an alias")
class AliasRenamedIT {

    private static final int PEOPLE = 100;
    private static final String RENAMED = "renamed";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void theGrantsOfAllLinkedUsersFollow() {
        try (Scenario before = Scenario.capturing(NoGraceEnvironment.keycloak(), ProviderKind.OIDC.provider())) {
            List<ConnectedAccount> people = new ConnectedAccounts(before, NoGraceEnvironment.TABLES).add(PEOPLE);
            List<String> grantIds =
                    people.stream().map(ConnectedAccount::grantId).toList();
            Scenario after = Scenario.of(before, RENAMED);

            rename(before);

            SentinelDeletion.awaitDeletion(NoGraceEnvironment.keycloak());
            assertThat(Deletions.of(grantIds)).isEmpty();
            people.subList(0, 3).forEach(person -> assertKeepsTheGrant(after, person));
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(connectedAliases(people)).hasSize(PEOPLE).containsOnly(RENAMED));
            assertThat(Deletions.of(grantIds)).isEmpty();
            assertThat(before.server().log()).doesNotContain("Applications do not see it");
        }
    }

    @Test
    void theGrantOfAnAccountThatIsUnlinkedAfterwardsIsDeleted() {
        try (Scenario before = Scenario.capturing(NoGraceEnvironment.keycloak(), ProviderKind.OIDC.provider())) {
            ConnectedAccount person =
                    new ConnectedAccounts(before, NoGraceEnvironment.TABLES).signIn(MicrosoftRealm.somebody());
            rename(before);

            before.keycloak().user(person.userId()).removeFederatedIdentity(RENAMED);

            await().atMost(PATIENCE)
                    .until(() -> MicrosoftRealm.grantAtNylas(person.account()).isEmpty());
        }
    }

    private static void rename(Scenario scenario) {
        IdentityProvidersResource providers = scenario.keycloak().admin().identityProviders();
        IdentityProviderRepresentation provider =
                providers.get(scenario.alias()).toRepresentation();
        provider.setAlias(RENAMED);
        providers.get(scenario.alias()).update(provider);
        // Keycloak leaves the mappers behind, under the old alias.
        Scenario.of(scenario, RENAMED).addMapper();
    }

    private static void assertKeepsTheGrant(Scenario scenario, ConnectedAccount person) {
        long handovers = MicrosoftRealm.handovers(person.account());

        String userId = scenario.signIn(person.account()).tokens().userId();

        assertThat(userId).isEqualTo(person.userId());
        SentinelLogin.of(scenario.server()).awaitGrant();
        assertThat(MicrosoftRealm.handovers(person.account())).isEqualTo(handovers);
        assertThat(scenario.microsoft().grantId(userId)).contains(person.grantId());
        assertThat(MicrosoftRealm.grantsAtNylas(person.account()))
                .extracting(Grant::id)
                .containsExactly(person.grantId());
    }

    private static List<String> connectedAliases(List<ConnectedAccount> people) {
        return ConnectedAccounts.aliases(NoGraceEnvironment.TABLES, people);
    }
}
