package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.server.KeycloakServer;
import io.github.keycloaknylas.testkit.server.TestRealm;
import io.github.keycloaknylas.testkit.server.TestUser;
import java.util.List;
import java.util.UUID;
import org.keycloak.admin.client.KeycloakBuilder;
import org.keycloak.representations.idm.RoleRepresentation;

/** Users of a realm who may do something in its admin REST API. */
public final class Administrators {

    /** An administrator who is signed in. */
    public record Administrator(String userId, String token) {}

    private Administrators() {}

    /** The access token of a new user with these roles of {@code realm-management}. */
    public static String token(KeycloakServer server, TestRealm realm, List<String> roles) {
        return create(server, realm, roles).token();
    }

    /** A new user with these roles of {@code realm-management}. */
    public static Administrator create(KeycloakServer server, TestRealm realm, List<String> roles) {
        TestUser user = TestUser.named("admin-" + UUID.randomUUID());
        String userId = realm.addUser(user);
        String management = realm.admin()
                .clients()
                .findByClientId("realm-management")
                .get(0)
                .getId();
        List<RoleRepresentation> granted = roles.stream()
                .map(role -> realm.admin()
                        .clients()
                        .get(management)
                        .roles()
                        .get(role)
                        .toRepresentation())
                .toList();
        realm.user(userId).roles().clientLevel(management).add(granted);
        // It stays open: closing it would end the session, and the token with it.
        String token = KeycloakBuilder.builder()
                .serverUrl(server.baseUrl().toString())
                .realm(realm.name())
                .clientId("admin-cli")
                .username(user.username())
                .password(user.password())
                .build()
                .tokenManager()
                .getAccessTokenString();
        return new Administrator(userId, token);
    }
}
