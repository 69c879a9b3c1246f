package io.github.keycloaknylas.links;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Attributes of users, whatever their directory does meanwhile. */
public interface UserAttributes {

    /** Whether Keycloak's storage knows the user. */
    boolean exists(KeycloakSession session, RealmModel realm, String userId);

    /** The attribute's first value; empty also for a user whom the storage does not know. */
    Optional<String> read(KeycloakSession session, RealmModel realm, String userId, String name);

    /**
     * Makes this the attribute's only value.
     *
     * @return false, with nothing written, for a user whom the storage does not know
     */
    boolean write(KeycloakSession session, RealmModel realm, String userId, String name, String value);

    /**
     * Removes the attribute with all its values.
     *
     * @return false, with nothing removed, for a user whom the storage does not know
     */
    boolean remove(KeycloakSession session, RealmModel realm, String userId, String name);
}
