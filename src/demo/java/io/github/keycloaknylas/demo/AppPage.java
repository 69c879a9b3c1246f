package io.github.keycloaknylas.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.keycloaknylas.testkit.http.HtmlTemplate;
import io.github.keycloaknylas.testkit.signin.Tokens;
import java.util.Map;

/** What the example application shows. */
final class AppPage {

    private static final int PATIENCE = 30;
    private static final String RELOAD = "<meta http-equiv=\"refresh\" content=\"2\">";
    private static final HtmlTemplate FRAME = HtmlTemplate.resource(AppPage.class, "app.html");
    private static final HtmlTemplate MESSAGE =
            new HtmlTemplate("<h1>Example application</h1><p>{{text}}</p><p><a href=\"/\">Back</a></p>");
    private static final HtmlTemplate GRANT =
            new HtmlTemplate("<p id=\"grant\"><code id=\"grant-id\">{{id}}</code></p>");
    private static final HtmlTemplate SIGNED_IN = new HtmlTemplate("""
            <h1>Hello, <span id="name">{{name}}</span></h1>
            <h2>Your Nylas grant</h2>
            {{{grant}}}
            <h2>What the access token says</h2>
            <pre id="claims">{{claims}}</pre>
            <p><a class="button" id="sign-out" href="/sign-out">Sign out</a> <a id="reload" href="/">Refresh the token</a></p>
            """);

    private AppPage() {}

    static String signedOut() {
        return page("", """
                <h1>Who are you?</h1>
                <p>This application wants to read your mail and calendar through Nylas. For that it needs your
                <strong>grant ID</strong>, and finds it in the token that Keycloak gives it.</p>
                <p><a class="button" id="sign-in" href="/sign-in">Sign in</a></p>
                """);
    }

    static String message(String text) {
        return page("", MESSAGE.fill(Map.of("text", text)));
    }

    static String of(Tokens tokens, int looks) {
        JsonNode claims = tokens.claims();
        String grantId = claims.path("nylas_grant_id").asText();
        boolean wait = grantId.isEmpty() && looks < PATIENCE;
        return page(
                wait ? RELOAD : "",
                SIGNED_IN.fill(Map.of(
                        "name", claims.path("name").asText(tokens.username()),
                        "grant", grantId.isEmpty() ? waiting(wait) : GRANT.fill(Map.of("id", grantId)),
                        "claims", claims.toPrettyString())));
    }

    private static String waiting(boolean wait) {
        return wait
                ? "<p id=\"waiting\" role=\"status\">It is being made: a sign-in does not wait for Nylas. This page"
                        + " refreshes the token every 2 seconds until the grant is there.</p>"
                : "<p id=\"given-up\" role=\"status\">Still none after a minute. The page of the fake Nylas shows"
                        + " whether it was asked, and Keycloak's log why not.</p>";
    }

    private static String page(String head, String body) {
        return FRAME.fill(Map.of("head", head, "body", body));
    }
}
