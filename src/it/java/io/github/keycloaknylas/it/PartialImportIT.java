package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.it.support.ConnectedAccount;
import io.github.keycloaknylas.it.support.ConnectedAccounts;
import io.github.keycloaknylas.it.support.Deletions;
import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.NoGraceEnvironment;
import io.github.keycloaknylas.it.support.ProviderKind;
import io.github.keycloaknylas.it.support.Scenario;
import io.github.keycloaknylas.it.support.SentinelDeletion;
import io.github.keycloaknylas.testkit.nylas.Grant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A partial import that overwrites users removes them and creates others with the same links: nobody has left. */
@FullBuildOnly("it starts a server")
class PartialImportIT {

    /** A few, whose deletion nothing but the links stops, and so many that the number alone is suspicious. */
    @ParameterizedTest
    @ValueSource(ints = {5, 60})
    void nothingIsDeletedWhileTheSubjectsAreLinkedToTheNewUsers(int number) {
        try (Scenario scenario = Scenario.capturing(NoGraceEnvironment.keycloak(), ProviderKind.OIDC.provider())) {
            ConnectedAccounts accounts = new ConnectedAccounts(scenario, NoGraceEnvironment.TABLES);
            List<ConnectedAccount> people = accounts.add(number);
            List<String> grantIds =
                    people.stream().map(ConnectedAccount::grantId).toList();
            ConnectedAccount first = people.get(0);

            accounts.overwriteUsers(people);

            String newId = scenario.microsoft().user(first.account()).getId();
            assertThat(newId).isNotEqualTo(first.userId());
            SentinelDeletion.awaitDeletion(NoGraceEnvironment.keycloak());
            SentinelDeletion.awaitDeletion(NoGraceEnvironment.keycloak());
            assertThat(Deletions.of(grantIds)).isEmpty();

            String signedIn = scenario.signIn(first.account()).tokens().userId();

            assertThat(signedIn).isEqualTo(newId);
            assertThat(scenario.microsoft().awaitGrantId(newId)).isEqualTo(first.grantId());
            assertThat(MicrosoftRealm.grantsAtNylas(first.account()))
                    .extracting(Grant::id)
                    .containsExactly(first.grantId());
            SentinelDeletion.awaitDeletion(NoGraceEnvironment.keycloak());
            assertThat(Deletions.of(grantIds)).isEmpty();
        }
    }
}
