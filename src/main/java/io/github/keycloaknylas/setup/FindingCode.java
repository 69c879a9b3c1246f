package io.github.keycloaknylas.setup;

import java.util.Locale;

/**
 * Codes of everything that can be wrong with a realm, each with the reason why it matters. Scripts and monitoring
 * depend on the codes, so they never change. A mail provider adds codes of its own.
 */
enum FindingCode {
    MAPPER_MISSING("Only the Nylas mapper captures refresh tokens. Without it, no user gets a grant."),
    MAPPER_DUPLICATE("The settings of the other mappers have no effect, so what the console shows may not apply."),
    MAPPER_SETTING("A setting that cannot be used is ignored or replaced by its default, or stops the handover."),
    ROLE_MISSING("Only users with the role get a grant, so no user gets one."),
    GROUP_MISSING("Only members of the group get a grant, so no user gets one."),
    PROVIDER_DISABLED("A grant is made when a user signs in through the provider."),
    STORE_TOKENS_OFF(
            "Keycloak shows the refresh token of a social provider to mappers only while 'Store tokens' is on."),
    MAIL_SCOPES_MISSING(
            "A grant has the scopes that the user consented to. Without these, applications cannot use it."),
    TEMPLATE_MAPPER(
            "A mailbox is found by its broker user ID. If a template makes it of an address or a name, it changes"
                    + " with them, and whoever gets the address next counts as the same account."),
    SEAL_KEY_MISSING("Refresh tokens are stored sealed or not at all. Without a key, no sign-in is captured."),
    SEAL_KEY_GONE("Tokens that were sealed with the key cannot be handed over. They are erased when their retention"
            + " ends."),
    CONNECTION_UNUSABLE("Without the connection, no token can be handed over: tokens wait, and are erased when their"
            + " retention ends."),
    VAULT_ENTRY_MISSING("The API key is read from the vault. Without it, tokens wait, and are erased when their"
            + " retention ends."),
    API_URL_REFUSED("An API key is sent to HTTPS addresses only, or to loopback. Tokens wait until the URL is right."),
    API_KEY_UNUSABLE("No request can carry such a key, for example because of a line break. Tokens wait until it is"
            + " right."),
    API_KEY_REFUSED("Nylas carries out no call with this key, so grants are neither made nor deleted."),
    NYLAS_REFUSED("Nylas carries out no call of this application, so grants are neither made nor deleted."),
    NYLAS_UNREACHABLE("Tokens wait until Nylas answers. If this lasts longer than their retention, they are erased."),
    APPLICATION_OTHER("A key of an application that was not meant is refused: tokens wait until it is corrected."),
    APPLICATION_CHANGED("Grants of the former application can no longer be checked or deleted with this key, and are"
            + " billed on. Each mailbox gets a new grant at its next sign-in."),
    APPLICATION_SANDBOX("A Sandbox cannot redeem refresh tokens that were issued to your own client."),
    REGION_OTHER("Nylas keeps the data of an application in its region only, so calls to the other one fail."),
    CONNECTOR_MISSING("Nylas redeems refresh tokens through its connector. Without it, every handover is refused."),
    CONNECTOR_CLIENT_OTHER("A refresh token can be redeemed only by the client that it was issued to, so every handover"
            + " is refused."),
    CONNECTOR_CLIENT_UNKNOWN("A refresh token can be redeemed only by the client that it was issued to. Whether the"
            + " clients are equal could not be checked."),
    CONNECTOR_SCOPES_WIDER("The provider refuses to refresh for scopes that the user did not consent to."),
    CONNECTOR_SCOPES_NARROWER("A grant has no scope that Nylas does not ask for, so applications cannot use it."),
    CONNECTOR_SCOPES_UNKNOWN("Whether Nylas asks for more or less than the user consents to could not be checked."),
    CREDENTIAL_UNCHECKED("A refresh token can be redeemed only by the client that it was issued to. Whether the"
            + " credential is for that client could not be checked."),
    WEBHOOK_MISSING("Without notifications, a grant that expires or is deleted at Nylas is noticed up to six hours"
            + " later, by the reconciliation."),
    WEBHOOK_FAILING("Nylas stops sending to a webhook that fails for three days. Changes of grants are then noticed up"
            + " to six hours later, by the reconciliation."),
    WEBHOOK_UNREACHABLE("Nylas sends notifications to an address that is not this server's, so none arrives. Changes"
            + " of grants are noticed up to six hours later, by the reconciliation."),
    WEBHOOK_SECRET_UNUSABLE("Without the secret no signature can be verified, so every notification is turned away."),
    ATTRIBUTE_MISSING("Neither administrators nor users see an attribute that is not declared, and in a realm with"
            + " unmanaged attributes users can write it."),
    ATTRIBUTE_HIDDEN("Neither administrators nor users see the grant."),
    ATTRIBUTE_EDITABLE("Whoever can write the attribute can claim the grant of another person's mailbox."),
    ATTRIBUTE_RESERVED("Keycloak itself uses the attribute, and users could no longer sign in."),
    ATTRIBUTE_NAME_INVALID("An attribute that cannot be declared is not visible."),
    ATTRIBUTE_DIFFERS("Applications that read the attribute use a wrong grant, or none. The sweep corrects attributes,"
            + " some 70,000 a day."),
    CLIENT_SCOPE_MISSING("Applications learn the grant from the token."),
    CLIENT_SCOPE_OTHER_PROTOCOL("Only a client scope for OpenID Connect can add claims to tokens."),
    CLAIMS_MAPPER_MISSING("The mapper of the client scope adds the claims to tokens."),
    LINKS_GONE("Grants of accounts that are no longer linked are kept, and billed on, until an administrator decides:"
            + " a missing link does not prove that it was removed on purpose."),
    DELETIONS_WAIT(
            "The grants are kept, and billed on, until an administrator decides. So many deletions at once may be"
                    + " a mistake, and a deletion is final."),
    RECONCILIATION_WAITS("So many grants lost at once may be a mistake, so nothing is changed until an administrator"
            + " decides. Until then users are not asked to sign in again."),
    CLOCK_OFF(
            "Leases, retries and the grace before a deletion go by the clock of the node, and nodes whose clocks differ"
                    + " by more than a minute may do the same work twice."),
    NODES_DIFFER(
            "The same sign-in is treated differently depending on the node that serves it, and a token that one node"
                    + " sealed may not open on another.");

    private final String why;

    FindingCode(String why) {
        this.why = why;
    }

    public String json() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Why it matters, as sentences for an administrator. */
    public String why() {
        return why;
    }
}
