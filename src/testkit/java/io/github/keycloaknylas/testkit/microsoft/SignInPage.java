package io.github.keycloaknylas.testkit.microsoft;

import static java.util.stream.Collectors.joining;

import io.github.keycloaknylas.testkit.http.HtmlTemplate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The page on which a person picks an account, sees what the app wants, and decides. */
record SignInPage(App app, Scopes scopes, List<Account> accounts, Optional<String> loginHint, String action) {

    private static final HtmlTemplate ACCOUNT = new HtmlTemplate("""
                    <label><input type="radio" name="account" id="account-{{id}}" value="{{id}}" required{{checked}}>
                      <span>{{name}}<small>{{upn}}</small></span> <span class="kind">{{kind}}</span></label>""");
    private static final HtmlTemplate SCOPE = new HtmlTemplate("""
                    <li>{{words}} <code>{{scope}}</code></li>""");

    String html() {
        return HtmlTemplate.resource(SignInPage.class, "sign-in.html")
                .fill(Map.of(
                        "app", app.name(),
                        "action", action,
                        "accounts", accounts.stream().map(this::row).collect(joining("\n")),
                        "scopes", scopes.asAsked().stream().map(SignInPage::row).collect(joining("\n"))));
    }

    private String row(Account account) {
        return ACCOUNT.fill(Map.of(
                "id", account.id(),
                "name", account.displayName(),
                "upn", account.userPrincipalName(),
                "kind", account.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                "checked",
                        loginHint
                                .filter(account::isCalled)
                                .map(hint -> " checked")
                                .orElse("")));
    }

    private static String row(String scope) {
        return SCOPE.fill(Map.of("words", ScopeDescriptions.of(scope), "scope", scope));
    }
}
