package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.it.support.Mappers;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.ProviderKind;
import io.github.keycloaknylas.it.support.Scenario;
import io.github.keycloaknylas.it.support.SearchableEnvironment;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.server.TestUser;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Another mapper of the provider, called after ours, sets the broker's user id: captures are made for that id. */
@FullBuildOnly("it starts a server whose whole database and log can be searched")
class BrokerIdIT {

    private static final String IMPORTER = "oidc-username-idp-mapper";

    @Test
    void aReturningUserWithAStoredTokenSignsInAndGetsAGrant() {
        try (Scenario scenario = withImporter()) {
            Account account = MicrosoftRealm.somebody();
            String userId = scenario.knownUser(account);
            addOurMapperBeforeIt(scenario);

            assertThat(scenario.signIn(account).tokens().userId()).isEqualTo(userId);

            assertGrantOfFinalSubject(scenario, userId, account);
        }
    }

    @Test
    void aNewUserGetsAGrantThatLaterSignInsKeep() {
        try (Scenario scenario = withImporter()) {
            addOurMapperBeforeIt(scenario);
            Account account = MicrosoftRealm.somebody();

            String userId = scenario.signIn(account).tokens().userId();
            assertGrantOfFinalSubject(scenario, userId, account);
            scenario.signIn(account).tokens();

            assertGrantOfFinalSubject(scenario, userId, account);
        }
    }

    @Test
    void aUserWhoLinksTheAccountGetsAGrant() {
        try (Scenario scenario = withImporter()) {
            addOurMapperBeforeIt(scenario);
            Account account = MicrosoftRealm.somebody();
            TestUser user = TestUser.named("ada");
            String userId = scenario.keycloak().addUser(user);

            scenario.link(user, account).tokens();

            assertGrantOfFinalSubject(scenario, userId, account);
        }
    }

    private static Scenario withImporter() {
        Scenario scenario = Scenario.before(
                SearchableEnvironment.keycloak(), ProviderKind.OIDC.provider().storingTokens());
        Mappers.add(
                scenario,
                IMPORTER,
                "ffffffff-",
                Map.of("syncMode", "INHERIT", "target", "BROKER_ID", "template", "id:${CLAIM.preferred_username}"));
        return scenario;
    }

    private static void addOurMapperBeforeIt(Scenario scenario) {
        Mappers.add(scenario, "00000000-", Map.of());
    }

    private static void assertGrantOfFinalSubject(Scenario scenario, String userId, Account account) {
        scenario.assertOneGrant(userId, account);
        assertThat(scenario.keycloak().links(userId))
                .singleElement()
                .satisfies(link -> assertThat(link.getUserId()).startsWith("id:"));
        assertThat(SearchableEnvironment.number(
                        "select count(*) from nylas_grant where user_id = ? and subject like 'id:%'", userId))
                .isEqualTo(1);
        assertThat(SearchableEnvironment.number(
                        "select count(*) from nylas_capture c join realm r on r.id = c.realm_id"
                                + " where r.name = ? and c.sealed_token <> '-'",
                        scenario.keycloak().name()))
                .isZero();
    }
}
