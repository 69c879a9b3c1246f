package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.it.support.Applications;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.PostBrokerLogin;
import io.github.keycloaknylas.it.support.ProviderKind;
import io.github.keycloaknylas.it.support.Scenario;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.it.support.Users;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.nylas.Secret;
import io.github.keycloaknylas.testkit.server.TestUser;
import io.github.keycloaknylas.testkit.signin.Attempt;
import io.github.keycloaknylas.testkit.signin.SignIn;
import io.github.keycloaknylas.testkit.signin.UserAgent;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A login that did not complete, or not for the account's own user, hands over nothing. */
class MarkingIT {

    private static final String TERMS = "TERMS_AND_CONDITIONS";

    @Test
    void aSignInRefusedAtMicrosoftHandsOverNothing() {
        try (Scenario scenario = capturing()) {
            Account account = MicrosoftRealm.somebody();

            Attempt refused = scenario.start(new UserAgent())
                    .open()
                    .then(page -> page.browser().open(TestEnvironment.MICROSOFT.refuse(page.uri())));

            assertThat(refused.isDone()).isFalse();
            scenario.assertNothingHandedOver(account);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLoginWhoseTermsAreDeclinedHandsOverNothing(ProviderKind kind) {
        try (Scenario scenario = Scenario.capturing(TestEnvironment.keycloak(), kind.provider())) {
            Users.requireOfNewUsers(scenario.keycloak(), TERMS);
            Account account = MicrosoftRealm.somebody();

            assertThat(scenario.signIn(account).declineTerms().answer()).containsEntry("error", "access_denied");

            scenario.assertNothingHandedOver(account);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLoginAbandonedAtTheTermsHandsOverNothing(ProviderKind kind) {
        try (Scenario scenario = Scenario.capturing(TestEnvironment.keycloak(), kind.provider())) {
            Users.requireOfNewUsers(scenario.keycloak(), TERMS);
            Account account = MicrosoftRealm.somebody();

            assertThat(scenario.signIn(account).isDone()).isFalse();

            scenario.assertNothingHandedOver(account);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLoginAbandonedAtTheSecondFactorHandsOverNothing(ProviderKind kind) {
        try (Scenario scenario = Scenario.before(TestEnvironment.keycloak(), kind.provider())) {
            Account account = MicrosoftRealm.somebody();
            TestUser user = scenario.knownUserWithPassword(account);
            PostBrokerLogin.asksForPassword(scenario.keycloak(), scenario.alias());
            scenario.addMapper();

            Attempt mistaken =
                    scenario.signIn(account).password(new TestUser(user.username(), user.email(), "not the password"));

            assertThat(mistaken.isDone()).isFalse();
            scenario.assertNothingHandedOver(account);
        }
    }

    @Test
    void aUserWhoDeniesTheApplicationConsentHandsOverNothing() {
        try (Scenario scenario = capturing()) {
            Applications.askForConsent(scenario.keycloak());
            Account account = MicrosoftRealm.somebody();

            assertThat(scenario.signIn(account).denyConsent().answer()).containsEntry("error", "access_denied");

            scenario.assertNothingHandedOver(account);
        }
    }

    @Test
    void aDisabledUserHandsOverNothing() {
        try (Scenario scenario = before()) {
            Account account = MicrosoftRealm.somebody();
            Users.disable(scenario.keycloak(), scenario.knownUser(account));
            scenario.addMapper();

            assertThat(scenario.signIn(account).isDone()).isFalse();

            scenario.assertNothingHandedOver(account);
        }
    }

    @Test
    void ofTwoTabsTheLaterSignInCountsThoughItCompletesFirst() {
        try (Scenario scenario = before()) {
            Account account = MicrosoftRealm.somebody();
            String userId = knownUserWhoMeetsTerms(scenario, account);
            scenario.addMapper();
            UserAgent browser = new UserAgent();
            Attempt earlier = scenario.start(browser).open();
            Attempt later = scenario.start(browser).open();
            MicrosoftRealm.atMicrosoft(earlier, account);
            String earlierToken = lastToken(account);
            MicrosoftRealm.atMicrosoft(later, account);
            String laterToken = lastToken(account);

            later.acceptTerms().tokens();
            scenario.assertOneGrant(userId, account);
            assertThat(earlier.acceptTerms().isDone()).isTrue();

            assertThat(handedOver()).contains(laterToken).doesNotContain(earlierToken);
            scenario.assertOneGrant(userId, account);
        }
    }

    @Test
    void aSecondTabInWhichSomebodyElseSignsInHandsOverNothingOfTheirs() {
        try (Scenario scenario = capturing()) {
            Account first = MicrosoftRealm.somebody();
            Account second = MicrosoftRealm.somebody();
            UserAgent browser = new UserAgent();
            Attempt firstTab = scenario.start(browser).open();
            Attempt secondTab = scenario.start(browser).open();

            String userId = MicrosoftRealm.atMicrosoft(firstTab, first).tokens().userId();
            MicrosoftRealm.atMicrosoft(secondTab, second);

            assertThat(secondTab.isDone()).isFalse();
            scenario.assertOneGrant(userId, first);
            scenario.assertNothingHandedOver(second);
        }
    }

    @Test
    void twoBrowsersDoNotTouchEachOther() {
        try (Scenario scenario = before()) {
            Account account = MicrosoftRealm.somebody();
            String userId = knownUserWhoMeetsTerms(scenario, account);
            scenario.addMapper();
            Attempt left = scenario.signIn(account);
            String leftToken = lastToken(account);
            Attempt finished = scenario.signIn(account);
            String finishedToken = lastToken(account);

            finished.acceptTerms().tokens();
            scenario.assertOneGrant(userId, account);

            assertThat(left.isDone()).isFalse();
            assertThat(handedOver()).contains(finishedToken).doesNotContain(leftToken);
        }
    }

    @Test
    void singleSignOnAndPasswordsHandOverNothing() {
        try (Scenario scenario = before()) {
            Account account = MicrosoftRealm.somebody();
            TestUser user = scenario.knownUserWithPassword(account);
            UserAgent browser = new UserAgent();
            scenario.signIn(browser, account).tokens();
            scenario.addMapper();

            SignIn.to(scenario.keycloak()).in(browser).open().tokens();
            SignIn.to(scenario.keycloak()).open().password(user).tokens();

            scenario.assertNothingHandedOver(account);
        }
    }

    @Test
    void aLinkTakenAwayBeforeTheLoginCompletesHandsOverNothing() {
        try (Scenario scenario = before()) {
            Account account = MicrosoftRealm.somebody();
            String userId = knownUserWhoMeetsTerms(scenario, account);
            scenario.addMapper();
            Attempt attempt = scenario.signIn(account);

            scenario.keycloak().user(userId).removeFederatedIdentity(scenario.alias());
            attempt.acceptTerms().tokens();

            scenario.assertNothingHandedOver(account);
        }
    }

    @Test
    void aMapperRemovedBeforeTheLoginCompletesHandsOverNothing() {
        try (Scenario scenario = before()) {
            Account account = MicrosoftRealm.somebody();
            knownUserWhoMeetsTerms(scenario, account);
            String mapper = scenario.addMapper();
            Attempt attempt = scenario.signIn(account);

            scenario.keycloak()
                    .admin()
                    .identityProviders()
                    .get(scenario.alias())
                    .delete(mapper);
            attempt.acceptTerms().tokens();

            scenario.assertNothingHandedOver(account);
        }
    }

    @Test
    void aProviderRemovedBeforeTheLoginCompletesHandsOverNothing() {
        try (Scenario scenario = before()) {
            Account account = MicrosoftRealm.somebody();
            knownUserWhoMeetsTerms(scenario, account);
            scenario.addMapper();
            Attempt attempt = scenario.signIn(account);

            scenario.keycloak()
                    .admin()
                    .identityProviders()
                    .get(scenario.alias())
                    .remove();
            attempt.acceptTerms();

            assertThat(attempt.page().status()).isLessThan(500);
            scenario.assertNothingHandedOver(account);
        }
    }

    @Test
    void aUserRemovedBeforeTheLoginCompletesHandsOverNothing() {
        try (Scenario scenario = before()) {
            Account account = MicrosoftRealm.somebody();
            String userId = knownUserWhoMeetsTerms(scenario, account);
            scenario.addMapper();
            Attempt attempt = scenario.signIn(account);

            scenario.keycloak().user(userId).remove();

            assertThat(attempt.acceptTerms().isDone()).isFalse();
            scenario.assertNothingHandedOver(account);
        }
    }

    @Test
    void aRealmRemovedBeforeTheLoginCompletesDisturbsNobodyElse() {
        Scenario scenario = capturing();
        Users.requireOfNewUsers(scenario.keycloak(), TERMS);
        Account account = MicrosoftRealm.somebody();
        Attempt attempt = scenario.signIn(account);

        scenario.close();

        assertThat(attempt.acceptTerms().errorPage().status()).isEqualTo(404);
        scenario.assertNothingHandedOver(account);
    }

    private static Scenario capturing() {
        return Scenario.capturing(TestEnvironment.keycloak(), ProviderKind.OIDC.provider());
    }

    private static Scenario before() {
        return Scenario.before(TestEnvironment.keycloak(), ProviderKind.OIDC.provider());
    }

    /** Returns the id of the user, whose next login stops at the terms. */
    private static String knownUserWhoMeetsTerms(Scenario scenario, Account account) {
        String userId = scenario.knownUser(account);
        scenario.keycloak().require(userId, TERMS);
        return userId;
    }

    private static String lastToken(Account account) {
        return TestEnvironment.MICROSOFT.lastRefreshToken(account).orElseThrow().value();
    }

    private static List<String> handedOver() {
        return TestEnvironment.NYLAS.requests().all().stream()
                .flatMap(request -> request.refreshToken().stream())
                .map(Secret::value)
                .toList();
    }
}
