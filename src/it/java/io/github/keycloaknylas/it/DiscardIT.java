package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.ProviderKind;
import io.github.keycloaknylas.it.support.RawHttpClient;
import io.github.keycloaknylas.it.support.Scenario;
import io.github.keycloaknylas.it.support.SearchableEnvironment;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.it.support.Users;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.microsoft.IssuedRefreshToken;
import io.github.keycloaknylas.testkit.server.IdentityProvider;
import io.github.keycloaknylas.testkit.server.TestUser;
import io.github.keycloaknylas.testkit.signin.Attempt;
import io.github.keycloaknylas.testkit.signin.UserAgent;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.representations.idm.RealmEventsConfigRepresentation;

/** After a sign-in no refresh token lies in Keycloak's database or log: it is at Nylas and nowhere else. */
@FullBuildOnly("it starts a server whose whole database and log can be searched")
class DiscardIT {

    private static final Map<String, String> KEEP = Map.of("discardAfterCapture", "false");

    @ParameterizedTest
    @EnumSource
    void keycloaksOwnCopyStaysWhereItIsNotDiscarded(ProviderKind kind) {
        try (Scenario scenario = scenario(kind)) {
            scenario.addMapper(KEEP);
            Account account = MicrosoftRealm.somebody();

            String userId = scenario.signIn(account).tokens().userId();
            scenario.assertOneGrant(userId, account);

            assertThat(traces(account)).contains("federated_identity");
            if (kind == ProviderKind.OIDC) {
                assertThat(traces(account)).contains("offline_user_session");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLeftOfANewUsersToken(ProviderKind kind) {
        try (Scenario scenario = scenario(kind)) {
            scenario.addMapper();
            Account account = MicrosoftRealm.somebody();

            String userId = scenario.signIn(account).tokens().userId();
            scenario.assertOneGrant(userId, account);

            assertThat(sessions(userId)).isPositive();
            assertNoTrace(account);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLeftWhereNoHandoverIsNeeded(ProviderKind kind) {
        try (Scenario scenario = scenario(kind)) {
            scenario.addMapper();
            Account account = MicrosoftRealm.somebody();
            String userId = scenario.signIn(account).tokens().userId();
            scenario.assertOneGrant(userId, account);

            scenario.signIn(account).tokens();

            assertThat(sessions(userId)).isEqualTo(2);
            assertThat(MicrosoftRealm.handovers(account)).isEqualTo(1);
            assertNoTrace(account);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAnEarlierLoginStoredGoesWithTheNext(ProviderKind kind) {
        try (Scenario scenario = scenario(kind)) {
            Account account = MicrosoftRealm.somebody();
            String userId = scenario.knownUser(account);
            assertThat(traces(account)).contains("federated_identity");
            scenario.keycloak().user(userId).logout();
            scenario.addMapper();

            scenario.signIn(account).tokens();

            scenario.assertOneGrant(userId, account);
            assertNoTrace(account);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theBrokerTokenEndpointAnswersNoTokenOfAnEarlierLogin(ProviderKind kind) throws IOException {
        try (Scenario scenario = scenario(kind)) {
            Account account = MicrosoftRealm.somebody();
            String userId = scenario.knownUser(account);
            Users.grantClientRole(scenario.keycloak(), userId, "broker", "read-token");
            String url = scenario.keycloak().url() + "/broker/" + scenario.alias() + "/token";
            RawHttpClient http = new RawHttpClient(scenario.server());
            assertThat(http.as(scenario.signIn(account).tokens(), url)).contains(lastToken(account));
            scenario.addMapper();

            String first = http.as(scenario.signIn(account).tokens(), url);
            String second = http.as(scenario.signIn(account).tokens(), url);

            JsonNode answer = new ObjectMapper().readTree(first);
            assertThat(answer.path("access_token").textValue()).isEmpty();
            assertThat(answer.path("refresh_token").textValue()).isEmpty();
            assertThat(second).isEqualTo(first);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLeftOfAnAccountThatIsLinkedAgain(ProviderKind kind) {
        try (Scenario scenario = scenario(kind)) {
            Account account = MicrosoftRealm.somebody();
            TestUser user = scenario.knownUserWithPassword(account);
            assertThat(traces(account)).contains("federated_identity");
            String userId = scenario.keycloak().find(user.username()).getId();
            scenario.keycloak().user(userId).logout();
            scenario.addMapper();

            scenario.link(user, account).tokens();

            scenario.assertOneGrant(userId, account);
            assertNoTrace(account);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatASessionHeldGoesWhenThePersonSignsInToItAgain(ProviderKind kind) {
        try (Scenario scenario = scenario(kind)) {
            Account account = MicrosoftRealm.somebody();
            UserAgent browser = new UserAgent();
            String userId = scenario.signIn(browser, account).tokens().userId();
            scenario.addMapper();

            MicrosoftRealm.atMicrosoft(scenario.start(browser).prompt("login").open(), account)
                    .tokens();

            scenario.assertOneGrant(userId, account);
            assertNoTrace(account);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLeftWhileAFirstSignInIsUnderWay(ProviderKind kind) {
        try (Scenario scenario = scenario(kind)) {
            scenario.addMapper();
            Account account = MicrosoftRealm.somebody();
            TestUser user = scenario.localUser(account);
            Attempt attempt = scenario.signIn(account).addToExistingAccount();

            assertNoTrace(account);
            String userId = attempt.password(user).tokens().userId();
            scenario.assertOneGrant(userId, account);

            assertNoTrace(account);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLeftOfALinkFromTheAccountConsole(ProviderKind kind) {
        try (Scenario scenario = scenario(kind)) {
            scenario.addMapper();
            Account account = MicrosoftRealm.somebody();
            TestUser user = TestUser.named("ada");
            String userId = scenario.keycloak().addUser(user);

            scenario.link(user, account).tokens();

            scenario.assertOneGrant(userId, account);
            assertNoTrace(account);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLeftOfAnAccountThatGetsNoGrant(ProviderKind kind) {
        try (Scenario scenario = scenario(kind)) {
            scenario.addMapper(Map.of("clients", "another-application"));
            Account account = MicrosoftRealm.somebody();

            String userId = scenario.signIn(account).tokens().userId();

            assertThat(sessions(userId)).isPositive();
            assertNoTrace(account);
        }
    }

    private static Scenario scenario(ProviderKind kind) {
        IdentityProvider storing = kind.provider().storingTokens();
        Scenario scenario = Scenario.before(SearchableEnvironment.keycloak(), storing);
        RealmEventsConfigRepresentation events = scenario.keycloak().admin().getRealmEventsConfig();
        events.setEventsEnabled(true);
        events.setAdminEventsEnabled(true);
        events.setAdminEventsDetailsEnabled(true);
        scenario.keycloak().admin().updateRealmEventsConfig(events);
        return scenario;
    }

    private static long sessions(String userId) {
        return SearchableEnvironment.number("select count(*) from offline_user_session where user_id = ?", userId);
    }

    private static List<String> tokens(Account account) {
        return TestEnvironment.MICROSOFT.refreshTokens().stream()
                .filter(token -> token.accountId().equals(account.id()))
                .map(IssuedRefreshToken::value)
                .toList();
    }

    private static String lastToken(Account account) {
        return TestEnvironment.MICROSOFT.lastRefreshToken(account).orElseThrow().value();
    }

    private static List<String> traces(Account account) {
        return tokens(account).stream()
                .flatMap(token -> SearchableEnvironment.tablesThatContain(token).stream())
                .distinct()
                .toList();
    }

    private static void assertNoTrace(Account account) {
        assertThat(tokens(account)).isNotEmpty();
        assertThat(traces(account)).isEmpty();
        String log = SearchableEnvironment.keycloak().log();
        assertThat(tokens(account)).noneMatch(log::contains);
        assertThat(log.contains(TestEnvironment.API_KEY)).isFalse();
    }
}
