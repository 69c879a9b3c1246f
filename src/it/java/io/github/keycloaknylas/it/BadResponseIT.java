package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.it.support.Mappers;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.ProviderKind;
import io.github.keycloaknylas.it.support.Scenario;
import io.github.keycloaknylas.it.support.SentinelLogin;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.microsoft.App;
import io.github.keycloaknylas.testkit.server.IdentityProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever Microsoft answers, the login goes on, and one line tells an administrator what to change. */
class BadResponseIT {

    private static final String WITHOUT_OFFLINE_ACCESS = "openid profile email User.Read Mail.Read Calendars.Read";
    private static final String WITHOUT_MAIL = "openid profile email offline_access User.Read Calendars.Read";

    @ParameterizedTest
    @EnumSource
    void withoutOfflineAccessTheLoginGoesOnAndTheScopeIsNamed(ProviderKind kind) {
        try (Scenario scenario =
                Scenario.capturing(TestEnvironment.keycloak(), kind.provider().defaultScope(WITHOUT_OFFLINE_ACCESS))) {
            Account account = signInTwice(scenario);

            assertThat(warnings(scenario)).singleElement().asString().contains("offline_access", "'Scopes'");
            scenario.assertNothingHandedOver(account);
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutMailScopeTheLoginGoesOnAndTheScopeIsNamed(ProviderKind kind) {
        try (Scenario scenario =
                Scenario.capturing(TestEnvironment.keycloak(), kind.provider().defaultScope(WITHOUT_MAIL))) {
            Account account = signInTwice(scenario);

            assertThat(warnings(scenario))
                    .singleElement()
                    .asString()
                    .contains("Mail.Read", "'Scopes'")
                    .doesNotContain("Calendars.Read");
            scenario.assertNothingHandedOver(account);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aWithheldRefreshTokenLetsTheLoginGoOn(ProviderKind kind) {
        try (Scenario scenario = Scenario.capturing(TestEnvironment.keycloak(), kind.provider())) {
            Account account = MicrosoftRealm.somebody();
            TestEnvironment.MICROSOFT.behaviourOf(account).withholdRefreshToken(true);

            scenario.signIn(account).tokens();
            scenario.assertNothingHandedOver(account);
            TestEnvironment.MICROSOFT.behaviourOf(account).withholdRefreshToken(false);
            String userId = scenario.signIn(account).tokens().userId();

            assertThat(warnings(scenario)).singleElement().asString().contains("offline_access");
            scenario.assertOneGrant(userId, account);
        }
    }

    @Test
    void withoutStoreTokensTheSocialProviderShowsNothingAndTheSwitchIsNamed() {
        IdentityProvider notStoring = IdentityProvider.microsoft(
                        "microsoft", App.DEFAULT.clientId(), App.DEFAULT.clientSecret())
                .defaultScope(TestEnvironment.SCOPES)
                .trustingEmail();
        try (Scenario scenario = Scenario.capturing(TestEnvironment.keycloak(), notStoring)) {
            Account account = signInTwice(scenario);

            assertThat(warnings(scenario)).singleElement().asString().contains("'Store tokens'");
            scenario.assertNothingHandedOver(account);
        }
    }

    @Test
    void eachProviderOfARealmIsWarnedOfByItself() {
        try (Scenario scenario = Scenario.capturing(
                TestEnvironment.keycloak(), ProviderKind.OIDC.provider().defaultScope(WITHOUT_MAIL))) {
            scenario.microsoft().add(ProviderKind.SOCIAL.provider().defaultScope(WITHOUT_MAIL), Map.of());
            Scenario social = Scenario.of(scenario, ProviderKind.SOCIAL.alias());

            signInTwice(scenario);
            signInTwice(social);

            assertThat(warnings(scenario)).hasSize(1);
            assertThat(warnings(social)).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefreshTokenOf20KilobytesIsHandedOver(ProviderKind kind) {
        try (Scenario scenario = Scenario.capturing(TestEnvironment.keycloak(), kind.provider())) {
            Account account = MicrosoftRealm.somebody();
            TestEnvironment.MICROSOFT.behaviourOf(account).refreshTokenLength(20_000);

            String userId = scenario.signIn(account).tokens().userId();

            scenario.assertOneGrant(userId, account);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRefreshTokenOf100KilobytesLetsTheLoginGoOn(ProviderKind kind) {
        try (Scenario scenario = Scenario.capturing(TestEnvironment.keycloak(), kind.provider())) {
            Account account = MicrosoftRealm.somebody();
            TestEnvironment.MICROSOFT.behaviourOf(account).refreshTokenLength(100_000);

            scenario.signIn(account).tokens();

            assertThat(warnings(scenario)).singleElement().asString().contains("longer than any");
            scenario.assertNothingHandedOver(account);
        }
    }

    static Stream<Arguments> oddTypes() {
        return fromEachKind("null", "\"\"", "\"  \"", "17", "true");
    }

    @ParameterizedTest
    @MethodSource("oddTypes")
    void anOddRefreshTokenLetsTheLoginGoOn(ProviderKind kind, String json) {
        try (Scenario scenario = Scenario.capturing(TestEnvironment.keycloak(), kind.provider())) {
            Account account = MicrosoftRealm.somebody();
            rewrite(account, "\"refresh_token\":\"[^\"]+\"", "\"refresh_token\":" + json);

            String userId = scenario.signIn(account).tokens().userId();
            scenario.assertNothingHandedOver(account);
            scenario.signIn(account).tokens();

            scenario.assertOneGrant(userId, account);
        }
    }

    static Stream<Arguments> oddScopes() {
        return fromEachKind("null", "\"\"", "17");
    }

    @ParameterizedTest
    @MethodSource("oddScopes")
    void anOddListOfScopesLetsTheLoginGoOn(ProviderKind kind, String json) {
        try (Scenario scenario = Scenario.capturing(TestEnvironment.keycloak(), kind.provider())) {
            Account account = MicrosoftRealm.somebody();
            rewrite(account, "\"scope\":\"[^\"]+\"", "\"scope\":" + json);

            String userId = scenario.signIn(account).tokens().userId();
            SentinelLogin.of(scenario.server()).awaitGrant();
            scenario.signIn(account).tokens();

            scenario.assertOneGrant(userId, account);
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofTwoMappersOneCountsAndTheOtherIsToldToGo(ProviderKind kind) {
        try (Scenario scenario = Scenario.before(TestEnvironment.keycloak(), kind.provider())) {
            scenario.keycloak().userProfile().declareReadOnly("second");
            Mappers.add(scenario, "00000000-", Map.of("attribute", MicrosoftRealm.ATTRIBUTE));
            Mappers.add(scenario, "ffffffff-", Map.of("attribute", "second"));
            Account account = MicrosoftRealm.somebody();

            String userId = scenario.signIn(account).tokens().userId();
            scenario.assertOneGrant(userId, account);
            scenario.signIn(account).tokens();

            scenario.assertOneGrant(userId, account);
            assertThat(scenario.keycloak().user(userId).toRepresentation().getAttributes())
                    .doesNotContainKey("second");
            assertThat(warnings(scenario)).singleElement().asString().contains("two Nylas mappers");
        }
    }

    private static Stream<Arguments> fromEachKind(String... odd) {
        return Arrays.stream(ProviderKind.values())
                .flatMap(kind -> Arrays.stream(odd).map(json -> Arguments.of(kind, json)));
    }

    private static Account signInTwice(Scenario scenario) {
        Account account = MicrosoftRealm.somebody();
        scenario.signIn(account).tokens();
        scenario.signIn(account).tokens();
        return account;
    }

    private static void rewrite(Account account, String pattern, String json) {
        TestEnvironment.MICROSOFT
                .behaviourOf(account)
                .rewriteNextTokenResponse(genuine -> genuine.replaceFirst(pattern, json));
    }

    private static List<String> warnings(Scenario scenario) {
        String who = "realm '" + scenario.keycloak().name() + "', provider '" + scenario.alias() + "'";
        return scenario.server()
                .log()
                .lines()
                .filter(line -> line.contains(" WARN ") && line.contains(who))
                .toList();
    }
}
