package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.it.support.Impersonation;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.PostBrokerLogin;
import io.github.keycloaknylas.it.support.ProviderKind;
import io.github.keycloaknylas.it.support.Scenario;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.server.TestUser;
import io.github.keycloaknylas.testkit.signin.Attempt;
import io.github.keycloaknylas.testkit.signin.SignIn;
import io.github.keycloaknylas.testkit.signin.UserAgent;
import org.junit.jupiter.api.Test;

/** Another user takes over during a login or after it: what was captured is not handed over for that user. */
class SwitchedUserIT {

    @Test
    void anAdministratorInAUsersPlaceWhoLinksAnAccountHandsOverNothing() {
        try (Scenario scenario = Scenario.capturing(TestEnvironment.keycloak(), ProviderKind.OIDC.provider())) {
            Account account = MicrosoftRealm.somebody();
            String userId = scenario.keycloak().addUser(TestUser.named("local-" + account.givenName()));
            Impersonation.letItLink(scenario.keycloak());
            UserAgent administrator =
                    Impersonation.of(scenario.server(), scenario.keycloak().name(), userId);

            Attempt atConsole = SignIn.to(scenario.keycloak())
                    .in(administrator)
                    .action("idp_link:" + scenario.alias())
                    .open();
            Attempt linked = MicrosoftRealm.atMicrosoft(atConsole.continueAction(), account);

            assertThat(linked.answer()).containsEntry("kc_action_status", "success");
            assertThat(linked.tokens().userId()).isEqualTo(userId);
            assertThat(scenario.keycloak().links(userId)).hasSize(1);
            scenario.assertNothingHandedOver(account);
            assertThat(scenario.signIn(account).tokens().userId()).isEqualTo(userId);
            scenario.assertOneGrant(userId, account);
        }
    }

    @Test
    void whoRestartsTheLoginAndSignsInByPasswordGetsNothingOfTheFirst() {
        try (Scenario scenario = Scenario.before(TestEnvironment.keycloak(), ProviderKind.OIDC.provider())) {
            Account first = MicrosoftRealm.somebody();
            scenario.knownUserWithPassword(first);
            TestUser second = TestUser.named("second-" + first.givenName());
            String secondId = scenario.keycloak().addUser(second);
            waitsForASecondFactor(scenario);

            Attempt attempt = atTheSecondFactor(scenario, first).restart().password(second);

            assertThat(attempt.tokens().userId()).isEqualTo(secondId);
            scenario.assertNothingHandedOver(first);
        }
    }

    @Test
    void whoRestartsTheLoginAndSignsInWithMicrosoftHandsOverTheirsOnly() {
        try (Scenario scenario = Scenario.before(TestEnvironment.keycloak(), ProviderKind.OIDC.provider())) {
            Account first = MicrosoftRealm.somebody();
            Account second = MicrosoftRealm.somebody();
            scenario.knownUserWithPassword(first);
            TestUser other = scenario.knownUserWithPassword(second);
            waitsForASecondFactor(scenario);

            Attempt attempt = atTheSecondFactor(scenario, first).restart().social(scenario.alias());
            String secondId = MicrosoftRealm.atMicrosoft(attempt, second)
                    .password(other)
                    .tokens()
                    .userId();

            scenario.assertOneGrant(secondId, second);
            scenario.assertNothingHandedOver(first);
        }
    }

    /** By the button of the login page: a hint in the address would lead a restarted login to Microsoft again. */
    private static Attempt atTheSecondFactor(Scenario scenario, Account account) {
        Attempt atKeycloak = SignIn.to(scenario.keycloak()).open().social(scenario.alias());
        return MicrosoftRealm.atMicrosoft(atKeycloak, account);
    }

    /** Captures from now on, and then asks for a second factor, which a password stands in for. */
    private static void waitsForASecondFactor(Scenario scenario) {
        PostBrokerLogin.asksForPassword(scenario.keycloak(), scenario.alias());
        scenario.addMapper();
    }
}
