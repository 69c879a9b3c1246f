package io.github.keycloaknylas.setup;

import java.util.function.Supplier;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Binds a request's session to another realm for a moment, since vault and seal keys belong to the realm of the session.
 * In the same session, so that a request never holds two database connections.
 */
final class RealmBinding {

    private RealmBinding() {}

    static <T> T call(KeycloakSession session, RealmModel realm, Supplier<T> question) {
        RealmModel before = session.getContext().getRealm();
        session.getContext().setRealm(realm);
        try {
            return question.get();
        } finally {
            session.getContext().setRealm(before);
        }
    }

    /** The realm whose administrators manage the whole server. */
    static RealmModel ofServer(KeycloakSession session) {
        return session.realms().getRealmByName(Config.getAdminRealm());
    }
}
