package io.github.keycloaknylas.testkit.microsoft;

import java.util.List;

/** The accounts that the fake Microsoft starts with. */
public final class DefaultAccounts {

    /** A typical work account, with one address for everything. */
    public static final Account ADA = Account.work("Ada", "Lovelace", "ada@contoso.example");

    /** A work account that signs in with a name which is not its mail address. */
    public static final Account GRACE = Account.work("Grace", "Hopper", "grace.hopper@contoso.example")
            .withUserPrincipalName("ghopper@corp.contoso.example");

    /** A personal account. */
    public static final Account LINUS = Account.personal("Linus", "Example", "linus@outlook.example");

    /** A shared mailbox with a sign-in of its own. */
    public static final Account SUPPORT = Account.sharedMailbox("Support", "support@contoso.example");

    public static final List<Account> ALL = List.of(ADA, GRACE, LINUS, SUPPORT);

    private DefaultAccounts() {}
}
