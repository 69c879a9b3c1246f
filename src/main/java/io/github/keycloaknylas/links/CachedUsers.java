package io.github.keycloaknylas.links;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.storage.UserStorageUtil;

/** Evicts users from the user cache, if there is one, after a direct change of their storage. */
final class CachedUsers {

    private CachedUsers() {}

    /** Evicts a user on every node, once the transaction is over. */
    static void evict(KeycloakSession session, RealmModel realm, UserModel user) {
        UserCache cache = UserStorageUtil.userCache(session);
        if (cache != null) {
            cache.evict(realm, user);
        }
    }
}
