package io.github.keycloaknylas.delivery;

/** Asks Nylas what a grant is, and changes the mailboxes that show it accordingly. */
interface GrantLook {

    /**
     * Looks at a grant.
     *
     * @param apiUrl base URL of the API
     * @param application ID of the Nylas application
     * @param grantId Nylas' ID of the grant
     * @return false if Nylas could not be asked, so that the look has to be repeated later
     */
    boolean look(String apiUrl, String application, String grantId) throws InterruptedException;
}
