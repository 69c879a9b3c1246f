package io.github.keycloaknylas.links;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Attributes of users, independent of the state of their directory. */
public interface UserAttributes {

    /** Returns whether the user exists in Keycloak's storage. */
    boolean exists(KeycloakSession session, RealmModel realm, String userId);

    /** The attribute's first value; also empty for a user who is not in the storage. */
    Optional<String> read(KeycloakSession session, RealmModel realm, String userId, String name);

    /**
     * Sets the attribute to this single value.
     *
     * @return false, with nothing written, for a user who is not in the storage
     */
    boolean write(KeycloakSession session, RealmModel realm, String userId, String name, String value);

    /**
     * Removes the attribute with all its values.
     *
     * @return false, with nothing removed, for a user who is not in the storage
     */
    boolean remove(KeycloakSession session, RealmModel realm, String userId, String name);
}
