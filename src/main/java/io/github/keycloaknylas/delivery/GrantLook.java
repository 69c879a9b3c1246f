package io.github.keycloaknylas.delivery;

/** Asks Nylas what a grant is, and changes the mailboxes that show it accordingly. */
interface GrantLook {

    /**
     * Looks at a grant.
     *
     * @param apiUrl base URL of the API
     * @param application ID of the Nylas application
     * @param grantId Nylas' ID of the grant
     */
    LookResult look(String apiUrl, String application, String grantId) throws InterruptedException;
}
