package io.github.keycloaknylas.it;

import io.github.keycloaknylas.testkit.signin.Page;
import java.net.URI;
import java.util.function.UnaryOperator;

/** "Restart login", which Keycloak offers on every page of a sign-in. */
final class Restart {

    private Restart() {}

    /** The same tab, back at the login page. */
    static UnaryOperator<Page> login() {
        return page -> {
            String action =
                    page.html().selectFirst("form[action*=login-actions]").absUrl("action");
            return page.browser()
                    .open(URI.create(action.replaceFirst("/login-actions/[^?]+", "/login-actions/restart")));
        };
    }
}
