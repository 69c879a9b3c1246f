package io.github.keycloaknylas.testkit.signin;

import java.util.function.UnaryOperator;

/** The sign-in page of whoever plays Microsoft, as far as a person sees it. */
public final class MicrosoftPage {

    private MicrosoftPage() {}

    /** Presses the button of an account: its id is {@code account-<name>}. */
    public static UnaryOperator<Page> choose(String account) {
        return page -> page.press("[id='account-" + account + "']");
    }
}
