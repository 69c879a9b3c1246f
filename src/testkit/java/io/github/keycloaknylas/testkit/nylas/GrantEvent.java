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
        CREATED("grant.created", 25012),
        /** A mailbox was authenticated again; Nylas then sets {@code reauthentication_flag}. */
        REAUTHENTICATED("grant.updated", 25027),
        /** The grant's record was changed, without an authentication. */
        UPDATED("grant.updated", 25014),
        /** The grant's credentials have become invalid. */
        EXPIRED("grant.expired", 25009),
        /** The grant was deleted for good. */
        DELETED("grant.deleted", 25013);

        private final String triggerType;
        private final int code;

        Kind(String triggerType, int code) {
            this.triggerType = triggerType;
            this.code = code;
        }

        /** {@return the trigger type of its notification} */
        public String triggerType() {
            return triggerType;
        }

        int code() {
            return code;
        }
    }
}
