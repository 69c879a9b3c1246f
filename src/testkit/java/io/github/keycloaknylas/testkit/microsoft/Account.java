package io.github.keycloaknylas.testkit.microsoft;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/**
 * A person who can sign in with the fake Microsoft.
 *
 * @param id the object id: the {@code oid} claim, never changing
 * @param tenantId the tenant of the account: the {@code tid} claim
 * @param mail the mailbox address, or null if the account has none
 * @param userPrincipalName the name to sign in with, often but not always the mail address
 * @param displayName the full name
 * @param givenName the first name
 * @param familyName the last name, or null if there is none
 * @param kind work, personal or shared mailbox
 */
public record Account(
        String id,
        String tenantId,
        String mail,
        String userPrincipalName,
        String displayName,
        String givenName,
        String familyName,
        Kind kind) {

    /** The kind of an account. A shared mailbox signs in like any other account. */
    public enum Kind {
        WORK,
        PERSONAL,
        SHARED_MAILBOX
    }

    /** The tenant of the fake Contoso, home of the work accounts and shared mailboxes made here. */
    public static final String CONTOSO = "7e57c0de-c070-4050-8000-0000c0de0001";

    /** The one tenant in which Microsoft keeps all personal accounts. */
    public static final String CONSUMERS = "9188040d-6c67-4c5b-b112-36a304b66dad";

    /** Creates a Contoso work account whose principal name is its mail address; the ID follows from the address. */
    public static Account work(String givenName, String familyName, String mail) {
        String id = uuidFrom(mail);
        return new Account(id, CONTOSO, mail, mail, givenName + " " + familyName, givenName, familyName, Kind.WORK);
    }

    /** Creates a personal account; the ID follows from the address. */
    public static Account personal(String givenName, String familyName, String mail) {
        String id = "00000000-0000-0000-" + uuidFrom(mail).substring(19);
        return new Account(
                id, CONSUMERS, mail, mail, givenName + " " + familyName, givenName, familyName, Kind.PERSONAL);
    }

    /** Creates a Contoso shared mailbox; the ID follows from the address. */
    public static Account sharedMailbox(String displayName, String mail) {
        return new Account(uuidFrom(mail), CONTOSO, mail, mail, displayName, displayName, null, Kind.SHARED_MAILBOX);
    }

    /** Returns the same account with another mail address (null for none). */
    public Account withMail(String newMail) {
        return new Account(id, tenantId, newMail, userPrincipalName, displayName, givenName, familyName, kind);
    }

    /** Returns the same account with another principal name. */
    public Account withUserPrincipalName(String newName) {
        return new Account(id, tenantId, mail, newName, displayName, givenName, familyName, kind);
    }

    /** The ID that Graph shows, which for personal accounts is only the last 16 digits of the {@code oid}. */
    public String graphId() {
        return kind == Kind.PERSONAL ? id.substring(19).replace("-", "") : id;
    }

    boolean isCalled(String name) {
        return userPrincipalName.equalsIgnoreCase(name) || name.equalsIgnoreCase(mail);
    }

    private static String uuidFrom(String address) {
        return UUID.nameUUIDFromBytes(address.getBytes(UTF_8)).toString();
    }
}
