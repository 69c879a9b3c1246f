package io.github.keycloaknylas.testkit.nylas;

/**
 * A change of a grant that Nylas would notify about.
 *
 * @param kind what happened
 * @param applicationId ID of the application that the grant belongs to
 * @param grant the grant afterwards; for a deletion, before
 */
public record GrantEvent(Kind kind, String applicationId, Grant grant) {

    /** The triggers {@code grant.created}, {@code grant.updated}, {@code grant.expired} and {@code grant.deleted}. */
    public enum Kind {
        /** A mailbox was authenticated for the first time. */
        CREATED,
        /** A mailbox was authenticated again; Nylas then sets {@code reauthentication_flag}. */
        REAUTHENTICATED,
        /** The grant's record was changed, without an authentication. */
        UPDATED,
        /** The grant's credentials have become invalid. */
        EXPIRED,
        /** The grant was deleted for good. */
        DELETED
    }
}
