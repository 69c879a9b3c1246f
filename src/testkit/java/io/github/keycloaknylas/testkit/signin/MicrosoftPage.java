package io.github.keycloaknylas.testkit.signin;

import java.util.function.UnaryOperator;

/** The sign-in page of Microsoft or of the fake, as a person uses it: pick an account, then accept or refuse. */
public final class MicrosoftPage {

    private MicrosoftPage() {}

    /** Picks the account with this ID and grants what the application asks for. */
    public static UnaryOperator<Page> choose(String account) {
        return page -> pick(page, account).press("#accept");
    }

    /** Picks the account and grants nothing. */
    public static UnaryOperator<Page> refuse(String account) {
        return page -> pick(page, account).press("#refuse");
    }

    private static Form pick(Page page, String account) {
        Form form = page.form("[id='account-" + account + "']");
        return form.fill("account", account);
    }
}
