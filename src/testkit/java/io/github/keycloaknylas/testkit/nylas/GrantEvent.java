package io.github.keycloaknylas.testkit.nylas;

/**
 * Something happened to a grant that Nylas would notify about.
 *
 * @param kind what happened
 * @param applicationId whose grant it is
 * @param grant the grant afterwards; for a deletion, before
 */
public record GrantEvent(Kind kind, String applicationId, Grant grant) {

    /** The triggers {@code grant.created}, {@code grant.updated}, {@code grant.expired} and {@code grant.deleted}. */
    public enum Kind {
        /** The first authentication of a mailbox. */
        CREATED,
        /** A further authentication; Nylas then sets {@code reauthentication_flag}. */
        REAUTHENTICATED,
        /** Its record was changed, without an authentication. */
        UPDATED,
        /** Its credentials are dead. */
        EXPIRED,
        /** It is gone for good. */
        DELETED
    }
}
