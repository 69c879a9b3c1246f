package io.github.keycloaknylas.support.store;

import io.github.keycloaknylas.links.UserAttributes;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The attributes of the users of a {@link FakeKeycloak}. */
final class FakeUserAttributes implements UserAttributes {

    private final FakeKeycloak keycloak;

    FakeUserAttributes(FakeKeycloak keycloak) {
        this.keycloak = keycloak;
    }

    @Override
    public boolean exists(KeycloakSession session, RealmModel realm, String userId) {
        return user(realm, userId).isPresent();
    }

    @Override
    public Optional<String> read(KeycloakSession session, RealmModel realm, String userId, String name) {
        return user(realm, userId).map(user -> user.getFirstAttribute(name));
    }

    @Override
    public boolean write(KeycloakSession session, RealmModel realm, String userId, String name, String value) {
        user(realm, userId).ifPresent(user -> user.setSingleAttribute(name, value));
        return exists(session, realm, userId);
    }

    @Override
    public boolean remove(KeycloakSession session, RealmModel realm, String userId, String name) {
        user(realm, userId).ifPresent(user -> user.removeAttribute(name));
        return exists(session, realm, userId);
    }

    private Optional<UserModel> user(RealmModel realm, String userId) {
        return keycloak.existing(realm.getId(), userId);
    }
}
