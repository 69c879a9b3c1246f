package io.github.keycloaknylas.testkit.signin;

import io.github.keycloaknylas.testkit.server.TestRealm;
import io.github.keycloaknylas.testkit.server.TestUser;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One sign-in in progress in one tab: its current page, and the actions of the person. */
public final class Attempt {

    private static final Pattern SCRIPTED_LINK = Pattern.compile("location\\.href='([^']+)';?");

    private final TokenEndpoint tokenEndpoint;
    private Page page;

    Attempt(TokenEndpoint tokenEndpoint, Page page) {
        this.tokenEndpoint = tokenEndpoint;
        this.page = page;
    }

    public Page page() {
        return page;
    }

    /** Replaces the page, for steps without a method of their own, such as those at Microsoft. */
    public Attempt then(UnaryOperator<Page> step) {
        page = step.apply(page);
        return this;
    }

    /** At the fake Microsoft, picks an account and accepts; {@link MicrosoftPage} has the other choices. */
    public Attempt choose(String account) {
        return then(MicrosoftPage.choose(account));
    }

    /** Signs in with username and password; fills in the password alone if Keycloak has already identified the user. */
    public Attempt password(TestUser user) {
        Form form = page.form("#kc-form-login");
        if (page.has("#kc-form-login [name=username]")) {
            form.fill("username", user.username());
        }
        page = form.fill("password", user.password()).submit();
        return this;
    }

    /** On Keycloak's login page, presses the button of an identity provider. */
    public Attempt social(String alias) {
        return then(current -> current.click("#social-" + alias));
    }

    /** "Restart login": the same tab, from the beginning, whoever it is. */
    public Attempt restart() {
        return then(current -> {
            Matcher target = SCRIPTED_LINK.matcher(current.find("#reset-login").attr("onclick"));
            if (!target.matches()) {
                throw new AssertionError("the button to restart the login leads nowhere on " + current);
            }
            return current.browser().open(current.uri().resolve(target.group(1)));
        });
    }

    /** First broker login: reviews the profile that the provider sent. */
    public Attempt reviewProfile(Map<String, String> changes) {
        return then(current ->
                current.form("#kc-idp-review-profile-form").fill(changes).submit());
    }

    /** First broker login: "Add to existing account". The password follows. */
    public Attempt addToExistingAccount() {
        return press("#linkAccount");
    }

    /** Replaces the provider's account that is linked already. */
    public Attempt confirmOverride() {
        return press("#confirmOverride");
    }

    public Attempt updateProfile(Map<String, String> changes) {
        return then(
                current -> current.form("#kc-update-profile-form").fill(changes).submit());
    }

    public Attempt updatePassword(String password) {
        return then(current -> current.form("#kc-passwd-update-form")
                .fill("password-new", password)
                .fill("password-confirm", password)
                .submit());
    }

    public Attempt acceptTerms() {
        return press("[name=accept]");
    }

    public Attempt declineTerms() {
        return press("[name=cancel]");
    }

    /** Keycloak's own consent page, of a client that asks for it. */
    public Attempt consent() {
        return press("#kc-login[name=accept]");
    }

    public Attempt denyConsent() {
        return press("#kc-cancel[name=cancel]");
    }

    /** The page before an action that the application asked for, such as {@code idp_link:<alias>}. */
    public Attempt continueAction() {
        return press("#kc-continue");
    }

    /** Presses any button, by its CSS selector. */
    public Attempt press(String css) {
        return then(current -> current.press(css));
    }

    /** Returns whether the browser is back at the application, with a code or with an error. */
    public boolean isDone() {
        return page.uri().toString().startsWith(tokenEndpoint.redirect());
    }

    /** The response to the application: {@code code}, {@code error}, {@code kc_action_status} and so on. */
    public Map<String, String> answer() {
        if (!isDone()) {
            throw new AssertionError("the sign-in is not done yet, but on " + page);
        }
        return page.parameters();
    }

    /** Ends the sign-in as an application does. */
    public Tokens tokens() {
        String code = answer().get("code");
        if (code == null) {
            throw new AssertionError("the sign-in ended without a code: " + answer());
        }
        return tokenEndpoint.exchange(code);
    }

    /** The same, where the application reaches another node of the cluster than the one at which it began. */
    public Tokens tokensFrom(TestRealm realm) {
        return new TokenEndpoint(realm).exchange(answer().get("code"));
    }

    /** The error this tab shows. */
    public ErrorPage errorPage() {
        return ErrorPage.of(page);
    }
}
