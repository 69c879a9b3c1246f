package io.github.keycloaknylas.it;

import static io.github.keycloaknylas.testkit.nylas.RequestJournal.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.IdTokenForger;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.ProviderKind;
import io.github.keycloaknylas.it.support.Scenario;
import io.github.keycloaknylas.it.support.SentinelLogin;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.microsoft.App;
import io.github.keycloaknylas.testkit.microsoft.EntraUrls;
import io.github.keycloaknylas.testkit.nylas.Fault;
import io.github.keycloaknylas.testkit.nylas.Grant;
import io.github.keycloaknylas.testkit.nylas.GrantFaults;
import io.github.keycloaknylas.testkit.nylas.RecordedRequest;
import io.github.keycloaknylas.testkit.server.IdentityProvider;
import io.github.keycloaknylas.testkit.server.TestUser;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A grant goes to the person whose mailbox it is, and to one person alone. */
class MailboxIT {

    private static final String SECOND_ATTRIBUTE = "nylas_grant_id_2";

    @ParameterizedTest
    @EnumSource
    void aPrincipalNameMayDifferFromTheMailAddress(ProviderKind kind) {
        try (Scenario scenario = Scenario.capturing(TestEnvironment.keycloak(), kind.provider())) {
            Account account = MicrosoftRealm.somebody();
            account = changed(account.withUserPrincipalName(account.givenName() + "@login.contoso.example"));

            String userId = scenario.signIn(account).tokens().userId();

            scenario.assertOneGrant(userId, account);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPersonalAccountGetsAGrant(ProviderKind kind) {
        try (Scenario scenario = Scenario.capturing(TestEnvironment.keycloak(), forPersonalAccounts(kind))) {
            Account account = personal();

            String userId = scenario.signIn(account).tokens().userId();

            scenario.assertOneGrant(userId, account);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSharedMailboxGetsAGrantLikeAnyOtherAccount(ProviderKind kind) {
        try (Scenario scenario = Scenario.capturing(TestEnvironment.keycloak(), kind.provider())) {
            String name = MicrosoftRealm.somebody().givenName();
            Account account = Account.sharedMailbox("Info " + name, "info-" + name + "@contoso.example");
            TestEnvironment.MICROSOFT.put(account);

            String userId = scenario.signIn(account)
                    .reviewProfile(Map.of("lastName", "Contoso"))
                    .tokens()
                    .userId();

            scenario.assertOneGrant(userId, account);
        }
    }

    @Test
    void withoutAnIdThatFitsTheAddressDecidesWhateverItsCase() {
        try (Scenario scenario = Scenario.capturing(TestEnvironment.keycloak(), IdTokenForger.unsigned())) {
            Account account = MicrosoftRealm.somebody();
            String address = account.mail().toUpperCase(Locale.ROOT);
            IdTokenForger.change(
                    account,
                    claims -> claims.replace(account.id(), "another-id").replace(account.mail(), address));

            String userId = scenario.signIn(account).tokens().userId();

            scenario.assertOneGrant(userId, account);
        }
    }

    @Test
    void whereNeitherIdNorAddressFitsNothingIsShown() {
        try (Scenario scenario = Scenario.capturing(TestEnvironment.keycloak(), IdTokenForger.unsigned())) {
            Account account = MicrosoftRealm.somebody();
            IdTokenForger.change(
                    account,
                    claims -> claims.replace(account.id(), "another-id")
                            .replace(account.mail(), "another-" + account.mail()));

            String userId = scenario.signIn(account).tokens().userId();

            assertHeld(scenario, userId);
        }
    }

    @Test
    void anAnswerWithAnotherIdButTheRightAddressIsAccepted() {
        try (Scenario scenario = Scenario.capturing(TestEnvironment.keycloak(), ProviderKind.OIDC.provider())) {
            Account account = MicrosoftRealm.somebody();
            answerFor(account, GrantFaults.otherProviderUserId("another-id"));

            String userId = scenario.signIn(account).tokens().userId();

            scenario.assertOneGrant(userId, account);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTokenOfAnotherAccountShowsNothingAndIsTriedOnceADay(ProviderKind kind) {
        try (Scenario scenario = Scenario.capturing(TestEnvironment.keycloak(), kind.provider())) {
            Account account = MicrosoftRealm.somebody();
            Account other = MicrosoftRealm.somebody();
            String otherToken = TestEnvironment.MICROSOFT.issueRefreshToken(other, App.DEFAULT, TestEnvironment.SCOPES);
            TestEnvironment.MICROSOFT
                    .behaviourOf(account)
                    .rewriteNextTokenResponse(json -> json.replaceFirst(
                            "\"refresh_token\":\"[^\"]+\"", "\"refresh_token\":\"" + otherToken + "\""));

            String userId = scenario.signIn(account).tokens().userId();
            assertHeld(scenario, userId);
            scenario.signIn(account).tokens();

            scenario.assertNothingHandedOver(account);
            assertThat(scenario.microsoft().grantId(userId)).isEmpty();
        }
    }

    @Test
    void anIdThatFitsWinsOverAnAddressThatDoesNot() {
        try (Scenario scenario = Scenario.capturing(TestEnvironment.keycloak(), ProviderKind.OIDC.provider())) {
            Account account = MicrosoftRealm.somebody();
            answerFor(account, GrantFaults.otherEmail("renamed@contoso.example"));

            String userId = scenario.signIn(account).tokens().userId();

            scenario.assertOneGrant(userId, account);
        }
    }

    @Test
    void theSameMailboxInTwoRealmsIsHeldInTheSecond() {
        try (Scenario first = Scenario.capturing(TestEnvironment.keycloak(), ProviderKind.OIDC.provider());
                Scenario second = Scenario.capturing(TestEnvironment.keycloak(), ProviderKind.SOCIAL.provider())) {
            Account account = MicrosoftRealm.somebody();
            String firstId = first.signIn(account).tokens().userId();
            String grantId = first.microsoft().awaitGrantId(firstId);

            String secondId = second.signIn(account).tokens().userId();

            assertHeld(second, secondId);
            assertThat(first.microsoft().grantId(firstId)).contains(grantId);
        }
    }

    @Test
    void theSameMailboxOfTwoUsersOfARealmIsHeldForTheSecond() {
        try (Scenario first = Scenario.capturing(TestEnvironment.keycloak(), ProviderKind.OIDC.provider())) {
            first.microsoft().add(ProviderKind.SOCIAL.provider(), Map.of());
            Account account = MicrosoftRealm.somebody();
            String firstId = first.signIn(account).tokens().userId();
            String grantId = first.microsoft().awaitGrantId(firstId);
            TestUser ada = TestUser.named("ada");
            String adaId = first.keycloak().addUser(ada);

            Scenario.of(first, ProviderKind.SOCIAL.alias()).link(ada, account).tokens();

            assertHeld(first, adaId);
            assertThat(first.microsoft().grantId(firstId)).contains(grantId);
        }
    }

    @Test
    void severalProvidersGiveAUserSeveralGrants() {
        try (Scenario work = Scenario.capturing(TestEnvironment.keycloak(), ProviderKind.OIDC.provider())) {
            work.keycloak().userProfile().declareReadOnly(SECOND_ATTRIBUTE);
            work.microsoft().add(ProviderKind.SOCIAL.provider(), Map.of("attribute", SECOND_ATTRIBUTE));
            Scenario personal = Scenario.of(work, ProviderKind.SOCIAL.alias());
            Account workAccount = MicrosoftRealm.somebody();
            Account personalAccount = personal();
            TestUser ada = TestUser.named("ada");
            String adaId = work.keycloak().addUser(ada);

            work.link(ada, workAccount).tokens();
            personal.link(ada, personalAccount).tokens();

            work.assertOneGrant(adaId, workAccount);
            assertThat(attribute(work, adaId, SECOND_ATTRIBUTE))
                    .isEqualTo(MicrosoftRealm.grantAtNylas(personalAccount).map(Grant::id));
        }
    }

    @Test
    void anAccountThatIsLinkedToSomebodyElseTakesItsGrantAlong() {
        try (Scenario scenario = Scenario.capturing(TestEnvironment.keycloak(), ProviderKind.OIDC.provider())) {
            Account account = MicrosoftRealm.somebody();
            TestUser ada = TestUser.named("ada");
            TestUser grace = TestUser.named("grace");
            String adaId = scenario.keycloak().addUser(ada);
            String graceId = scenario.keycloak().addUser(grace);
            scenario.link(ada, account).tokens();
            String grantId = scenario.microsoft().awaitGrantId(adaId);

            scenario.keycloak().user(adaId).removeFederatedIdentity(scenario.alias());
            await().atMost(MicrosoftRealm.SOON)
                    .until(() -> scenario.microsoft().grantId(adaId).isEmpty());
            scenario.link(grace, account).tokens();

            assertThat(scenario.microsoft().awaitGrantId(graceId)).isEqualTo(grantId);
            SentinelLogin.of(scenario.server()).awaitGrant();
            assertThat(scenario.microsoft().grantId(graceId)).contains(grantId);
            assertThat(scenario.microsoft().grantId(adaId)).isEmpty();
            assertThat(MicrosoftRealm.grantAtNylas(account).map(Grant::id)).contains(grantId);
        }
    }

    @Test
    void subjectsThatDifferByCaseAloneAreTwoMailboxes() {
        try (Scenario scenario = Scenario.capturing(TestEnvironment.keycloak(), IdTokenForger.unsigned())) {
            Account lower = MicrosoftRealm.somebody();
            Account upper = MicrosoftRealm.somebody();
            IdTokenForger.setSubject(lower, "subject-of-" + lower.givenName());
            IdTokenForger.setSubject(upper, "SUBJECT-of-" + lower.givenName());

            String lowerId = scenario.signIn(lower).tokens().userId();
            String upperId = scenario.signIn(upper).tokens().userId();

            assertThat(upperId).isNotEqualTo(lowerId);
            scenario.assertOneGrant(lowerId, lower);
            scenario.assertOneGrant(upperId, upper);
        }
    }

    private static void assertHeld(Scenario scenario, String userId) {
        await().atMost(MicrosoftRealm.SOON)
                .until(() -> scenario.server()
                        .log()
                        .lines()
                        .anyMatch(line -> line.contains(" WARN ")
                                && line.contains("user " + userId)
                                && line.contains("Applications do not see it")));
        SentinelLogin.of(scenario.server()).awaitGrant();
        assertThat(scenario.microsoft().grantId(userId)).isEmpty();
    }

    private static Optional<String> attribute(Scenario scenario, String userId, String name) {
        return await().atMost(MicrosoftRealm.SOON)
                .until(
                        () -> Optional.ofNullable(scenario.keycloak()
                                        .user(userId)
                                        .toRepresentation()
                                        .getAttributes())
                                .map(all -> all.get(name))
                                .map(List::toString),
                        Optional::isPresent)
                .map(text -> text.substring(1, text.length() - 1));
    }

    private static Account changed(Account account) {
        TestEnvironment.MICROSOFT.put(account);
        return account;
    }

    private static Account personal() {
        String name = MicrosoftRealm.somebody().givenName();
        return changed(Account.personal(name, "Tester", name + "@outlook.example"));
    }

    private static IdentityProvider forPersonalAccounts(ProviderKind kind) {
        if (kind == ProviderKind.SOCIAL) {
            return kind.provider();
        }
        EntraUrls urls = TestEnvironment.MICROSOFT.urls().forTenant("consumers");
        return kind.provider()
                .with("issuer", urls.issuer())
                .with("authorizationUrl", urls.authorizeUrl().toString())
                .with("tokenUrl", urls.tokenUrl().toString())
                .with("jwksUrl", urls.jwksUrl().toString());
    }

    private static void answerFor(Account account, Fault fault) {
        Predicate<RecordedRequest> ofAccount = request -> request.refreshToken()
                .filter(token -> TestEnvironment.MICROSOFT.refreshTokens().stream()
                        .anyMatch(issued -> issued.value().equals(token.value())
                                && issued.accountId().equals(account.id())))
                .isPresent();
        TestEnvironment.NYLAS.faults().next(1, to("POST", "/v3/connect/custom").and(ofAccount), fault);
    }
}
