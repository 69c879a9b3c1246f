package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.it.support.Applications;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.Organisation;
import io.github.keycloaknylas.it.support.PostBrokerLogin;
import io.github.keycloaknylas.it.support.ProviderKind;
import io.github.keycloaknylas.it.support.Scenario;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.it.support.Users;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.server.TestUser;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which a Microsoft account comes to a user ends in one grant, on the right user, by one handover. */
@Tag("every-keycloak")
class CaptureFlowsIT {

    static Stream<Arguments> kindsAndSyncModes() {
        return Arrays.stream(ProviderKind.values())
                .flatMap(kind -> Stream.of("IMPORT", "FORCE", "LEGACY").map(mode -> Arguments.of(kind, mode)));
    }

    @ParameterizedTest
    @MethodSource("kindsAndSyncModes")
    void aNewUserGetsAGrant(ProviderKind kind, String syncMode) {
        try (Scenario scenario =
                Scenario.capturing(TestEnvironment.keycloak(), kind.provider().syncMode(syncMode))) {
            Account account = MicrosoftRealm.somebody();

            String userId = scenario.signIn(account).tokens().userId();

            scenario.assertOneGrant(userId, account);
        }
    }

    @ParameterizedTest
    @MethodSource("kindsAndSyncModes")
    void aReturningUserGetsAGrant(ProviderKind kind, String syncMode) {
        try (Scenario scenario =
                Scenario.before(TestEnvironment.keycloak(), kind.provider().syncMode(syncMode))) {
            Account account = MicrosoftRealm.somebody();
            String userId = scenario.knownUser(account);
            scenario.addMapper();

            assertThat(scenario.signIn(account).tokens().userId()).isEqualTo(userId);

            scenario.assertOneGrant(userId, account);
        }
    }

    @ParameterizedTest
    @MethodSource("kindsAndSyncModes")
    void aUserWhomTheFirstSignInIsLinkedToGetsAGrant(ProviderKind kind, String syncMode) {
        try (Scenario scenario =
                Scenario.capturing(TestEnvironment.keycloak(), kind.provider().syncMode(syncMode))) {
            Account account = MicrosoftRealm.somebody();
            TestUser user = scenario.localUser(account);

            String userId = scenario.signIn(account)
                    .addToExistingAccount()
                    .password(user)
                    .tokens()
                    .userId();

            assertThat(userId)
                    .isEqualTo(scenario.keycloak().find(user.username()).getId());
            scenario.assertOneGrant(userId, account);
        }
    }

    @ParameterizedTest
    @MethodSource("kindsAndSyncModes")
    void aUserWhoLinksAnAccountFromTheAccountConsoleGetsAGrant(ProviderKind kind, String syncMode) {
        try (Scenario scenario =
                Scenario.capturing(TestEnvironment.keycloak(), kind.provider().syncMode(syncMode))) {
            Account account = MicrosoftRealm.somebody();
            TestUser user = TestUser.named("ada");
            String userId = scenario.keycloak().addUser(user);

            assertThat(scenario.link(user, account).answer()).containsEntry("kc_action_status", "success");

            scenario.assertOneGrant(userId, account);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aNewUserGetsAGrantAfterTheRequiredActions(ProviderKind kind) {
        try (Scenario scenario = Scenario.capturing(TestEnvironment.keycloak(), kind.provider())) {
            Users.requireOfNewUsers(scenario.keycloak(), "TERMS_AND_CONDITIONS");
            Users.requireOfNewUsers(scenario.keycloak(), "UPDATE_PROFILE");
            Account account = MicrosoftRealm.somebody();

            String userId = scenario.signIn(account)
                    .acceptTerms()
                    .updateProfile(Map.of("firstName", "Augusta"))
                    .tokens()
                    .userId();

            scenario.assertOneGrant(userId, account);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aReturningUserGetsAGrantAfterTheSecondFactor(ProviderKind kind) {
        try (Scenario scenario = Scenario.before(TestEnvironment.keycloak(), kind.provider())) {
            Account account = MicrosoftRealm.somebody();
            TestUser user = scenario.knownUserWithPassword(account);
            PostBrokerLogin.asksForPassword(scenario.keycloak(), scenario.alias());
            scenario.addMapper();

            String userId = scenario.signIn(account).password(user).tokens().userId();

            scenario.assertOneGrant(userId, account);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aUserWhomTheFirstSignInIsLinkedToGetsAGrantAfterTheSecondFactor(ProviderKind kind) {
        try (Scenario scenario = Scenario.capturing(TestEnvironment.keycloak(), kind.provider())) {
            Account account = MicrosoftRealm.somebody();
            TestUser user = scenario.localUser(account);
            PostBrokerLogin.asksForPassword(scenario.keycloak(), scenario.alias());

            String userId = scenario.signIn(account)
                    .addToExistingAccount()
                    .password(user)
                    .password(user)
                    .tokens()
                    .userId();

            scenario.assertOneGrant(userId, account);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aUserGetsAGrantAfterConsentingToTheApplication(ProviderKind kind) {
        try (Scenario scenario = Scenario.capturing(TestEnvironment.keycloak(), kind.provider())) {
            Applications.askForConsent(scenario.keycloak());
            Account account = MicrosoftRealm.somebody();

            String userId = scenario.signIn(account).consent().tokens().userId();

            scenario.assertOneGrant(userId, account);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMemberManagedByAnOrganisationGetsAGrant(ProviderKind kind) {
        try (Scenario scenario = Scenario.capturing(TestEnvironment.keycloak(), kind.provider())) {
            Organisation organisation = Organisation.create(scenario.keycloak(), "contoso.example", scenario.alias());
            Account account = MicrosoftRealm.somebody();

            String userId = MicrosoftRealm.atMicrosoft(organisation.signIn(account.mail()), account)
                    .tokens()
                    .userId();

            assertThat(organisation.manages(userId)).isTrue();
            scenario.assertOneGrant(userId, account);
        }
    }
}
