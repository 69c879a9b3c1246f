package io.github.keycloaknylas.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.github.keycloaknylas.testkit.signin.Tokens;

/** What the example application shows. */
final class AppPage {

    private static final int PATIENCE = 30;
    private static final String RELOAD = "<meta http-equiv=\"refresh\" content=\"2\">";
    private static final ObjectWriter JSON = new ObjectMapper().writerWithDefaultPrettyPrinter();

    private AppPage() {}

    static String signedOut() {
        return Html.page("", """
                <h1>Who are you?</h1>
                <p>This application wants to read your mail and calendar through Nylas. For that it needs your
                <strong>grant ID</strong>, and finds it in the token that Keycloak gives it.</p>
                <p><a class="button" id="sign-in" href="/sign-in">Sign in</a></p>
                """);
    }

    static String message(String text) {
        return Html.page(
                "", "<h1>Example application</h1><p>%s</p><p><a href=\"/\">Back</a></p>".formatted(Html.escape(text)));
    }

    static String of(Tokens tokens, int looks) {
        JsonNode claims = tokens.claims();
        String grantId = claims.path("nylas_grant_id").asText();
        boolean wait = grantId.isEmpty() && looks < PATIENCE;
        return Html.page(wait ? RELOAD : "", """
                <h1>Hello, <span id="name">%s</span></h1>
                <h2>Your Nylas grant</h2>
                %s
                <h2>What the access token says</h2>
                <pre id="claims">%s</pre>
                <p><a class="button" id="sign-out" href="/sign-out">Sign out</a> <a id="reload" href="/">Refresh the token</a></p>
                """.formatted(
                        Html.escape(claims.path("name").asText(tokens.username())),
                        grantId.isEmpty()
                                ? waiting(wait)
                                : "<p id=\"grant\"><code id=\"grant-id\">" + Html.escape(grantId) + "</code></p>",
                        Html.escape(pretty(claims))));
    }

    private static String waiting(boolean wait) {
        return wait
                ? "<p id=\"waiting\" role=\"status\">It is being made: a sign-in does not wait for Nylas. This page"
                        + " refreshes the token every 2 seconds until the grant is there.</p>"
                : "<p id=\"given-up\" role=\"status\">Still none after a minute. The page of the played Nylas shows"
                        + " whether it was asked, and Keycloak's log why not.</p>";
    }

    private static String pretty(JsonNode claims) {
        try {
            return JSON.writeValueAsString(claims);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
