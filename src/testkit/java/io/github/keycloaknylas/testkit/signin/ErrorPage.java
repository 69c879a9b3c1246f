package io.github.keycloaknylas.testkit.signin;

/** The error page with which Keycloak ends a sign-in. */
public record ErrorPage(int status, String title, String text) {

    static ErrorPage of(Page page) {
        if (page.status() < 400 && !page.has("#kc-error-message")) {
            throw new AssertionError("no error, but " + page);
        }
        String text = page.has("#kc-error-message .instruction")
                ? page.text("#kc-error-message .instruction")
                : page.html().text();
        return new ErrorPage(page.status(), page.title(), text);
    }
}
