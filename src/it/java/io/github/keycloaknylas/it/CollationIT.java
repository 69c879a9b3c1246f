package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.IdTokenForger;
import io.github.keycloaknylas.it.support.MariaEnvironment;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.OurTables;
import io.github.keycloaknylas.it.support.Scenario;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.nylas.Grant;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.representations.idm.FederatedIdentityRepresentation;

/**
 * The database holds two people's subjects for equal. Keycloak, which looks its users up by them, then signs the second
 * person in as the first. The second one's mailbox does not follow.
 */
class CollationIT {

    private final OurTables tables = MariaEnvironment.tables();

    @ParameterizedTest
    @CsvSource({"case, CASE", "eve, \u00e9ve", "end, 'end '"})
    void whoIsTakenForSomebodyElseHandsNoMailboxOver(String one, String other) {
        try (Scenario scenario = Scenario.capturing(MariaEnvironment.keycloak(), IdTokenForger.unsigned())) {
            String common = UUID.randomUUID().toString();
            Account first = withSubject(common + one);
            Account second = withSubject(common + other);
            String firstId = scenario.signIn(first).tokens().userId();
            scenario.assertOneGrant(firstId, first);
            String grantId = scenario.microsoft().awaitGrantId(firstId);

            String secondId = scenario.signIn(second).tokens().userId();

            // Keycloak's own doing, with or without the extension.
            assertThat(secondId).isEqualTo(firstId);
            scenario.assertNothingHandedOver(second);
            assertThat(scenario.microsoft().grantId(firstId)).contains(grantId);
            assertThat(scenario.keycloak().links(firstId))
                    .extracting(FederatedIdentityRepresentation::getUserId)
                    .containsExactly(common + one);
            assertThat(tables.query("select SUBJECT from NYLAS_GRANT where USER_ID = '" + firstId + "'"))
                    .containsExactly(common + one);
            assertThat(tables.query("select USER_ID from NYLAS_CAPTURE where SUBJECT like '" + common
                            + "%' and SEALED_TOKEN <> '-'"))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"case, CASE", "eve, \u00e9ve", "end, 'end '"})
    void whoeverComesAfterAnUnlinkGetsAGrantOfTheirOwn(String one, String other) {
        try (Scenario scenario = Scenario.capturing(MariaEnvironment.keycloak(), IdTokenForger.unsigned())) {
            String common = UUID.randomUUID().toString();
            Account first = withSubject(common + one);
            Account second = withSubject(common + other);
            String firstId = scenario.signIn(first).tokens().userId();
            String firstGrant = scenario.microsoft().awaitGrantId(firstId);
            scenario.keycloak().user(firstId).removeFederatedIdentity(scenario.alias());
            await().atMost(MicrosoftRealm.SOON)
                    .until(() -> scenario.microsoft().grantId(firstId).isEmpty());

            String secondId = scenario.signIn(second).tokens().userId();

            assertThat(secondId).isNotEqualTo(firstId);
            scenario.assertOneGrant(secondId, second);
            assertThat(MicrosoftRealm.grantAtNylas(first).map(Grant::id)).contains(firstGrant);
            assertThat(scenario.microsoft().grantId(firstId)).isEmpty();
            assertThat(tables.query("select GRANT_ID from NYLAS_DELETION where USER_ID = '" + firstId + "'"))
                    .containsExactly(firstGrant);
        }
    }

    private static Account withSubject(String subject) {
        Account account = MicrosoftRealm.somebody();
        IdTokenForger.setSubject(account, subject);
        return account;
    }
}
