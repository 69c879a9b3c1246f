package io.github.keycloaknylas.links;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.storage.UserStorageUtil;

/** What goes by the storage has to tell the cache, which may be switched off. */
final class CachedUsers {

    private CachedUsers() {}

    /** On every node, once the transaction is over. */
    static void evict(KeycloakSession session, RealmModel realm, UserModel user) {
        UserCache cache = UserStorageUtil.userCache(session);
        if (cache != null) {
            cache.evict(realm, user);
        }
    }
}
