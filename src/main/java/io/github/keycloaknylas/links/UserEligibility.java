package io.github.keycloaknylas.links;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/** Whether users are enabled and have a role and group, independent of the state of their directory. */
public interface UserEligibility {

    /** What Keycloak's storage says of a user. */
    enum Answer {
        /** Enabled, with everything that is required. */
        ELIGIBLE,
        /** Disabled, or without something that is required. */
        INELIGIBLE,
        /** Only a user directory could tell, the user is not in the storage, or the storage is not Keycloak's own. */
        UNKNOWN
    }

    /**
     * What is required of a user besides being enabled.
     *
     * @param roleId ID of a role that the user must have, directly, through a composite role or through a group
     * @param groupId ID of a group that the user must be in, or in one of its subgroups
     */
    record Requirements(Optional<String> roleId, Optional<String> groupId) {

        /** Nothing is required. */
        public static final Requirements NONE = new Requirements(Optional.empty(), Optional.empty());
    }

    /** Reads users of one realm. The result has an answer for each of them. */
    Map<String, Answer> read(
            KeycloakSession session, String realmId, Collection<String> userIds, Requirements requirements);
}
