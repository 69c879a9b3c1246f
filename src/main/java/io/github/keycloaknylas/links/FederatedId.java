package io.github.keycloaknylas.links;

import org.keycloak.models.utils.UserModelDelegate;
import org.keycloak.storage.StorageId;

/**
 * Identifies an {@code f:} user to the user cache, which accepts models only, without asking the directory for one.
 * Cached users are found by their ID; the user name merely must not be null.
 */
final class FederatedId extends UserModelDelegate {

    private final String id;

    FederatedId(String id) {
        super(null);
        this.id = id;
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public String getUsername() {
        return StorageId.externalId(id);
    }

    @Override
    public String getEmail() {
        return null;
    }
}
