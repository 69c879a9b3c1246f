package io.github.keycloaknylas.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.keycloaknylas.nylas.NylasGrant;
import java.util.List;

/**
 * Grants of a Nylas application that no mailbox of this server has, and no deletion waits for.
 *
 * @param application ID of the application
 * @param grants those among the grants that Nylas listed at this position
 * @param next what to pass as {@code after} for the next position; not there on the last one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record UnknownGrantsReport(String application, List<Grant> grants, String next) {

    /**
     * One grant as Nylas lists it.
     *
     * @param id Nylas' ID
     * @param email address of the mailbox
     * @param valid whether Nylas can use it
     * @param madeHere whether a handover of a Keycloak server made it or renewed it last, as far as Nylas echoes that
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Grant(String id, String email, boolean valid, boolean madeHere) {

        /** What handovers pass to Nylas as state begins with this. */
        private static final String STATE = "keycloak:";

        static Grant of(NylasGrant grant) {
            return new Grant(
                    grant.id(),
                    grant.email(),
                    grant.valid(),
                    grant.state() != null && grant.state().startsWith(STATE));
        }
    }
}
