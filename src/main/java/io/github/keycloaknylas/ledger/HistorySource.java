package io.github.keycloaknylas.ledger;

/** Where a change of a mailbox came from. Stored as its code, which is never changed. */
public enum HistorySource {
    /** A token of a sign-in. */
    SIGN_IN("sign-in"),
    /** A notification of Nylas. */
    NYLAS("nylas"),
    /** The reconciliation with Nylas. */
    RECONCILIATION("reconciliation"),
    /** A link, a user or a setting that was changed in Keycloak. */
    KEYCLOAK("keycloak"),
    /** An administrator who decided about this mailbox. */
    ADMINISTRATOR("administrator"),
    /** The delivery workers, by the time that has passed. */
    WORKERS("workers");

    final String code;

    HistorySource(String code) {
        this.code = code;
    }
}
