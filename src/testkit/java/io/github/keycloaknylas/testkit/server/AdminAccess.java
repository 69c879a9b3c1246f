package io.github.keycloaknylas.testkit.server;

import java.net.URI;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.KeycloakBuilder;

/** The administrator's client of one server, opened at first use. */
final class AdminAccess {

    private Keycloak admin;

    synchronized Keycloak to(URI server) {
        if (admin == null) {
            admin = KeycloakBuilder.builder()
                    .serverUrl(server.toString())
                    .realm("master")
                    .clientId("admin-cli")
                    .username(CommandLine.ADMIN)
                    .password(CommandLine.ADMIN)
                    .build();
        }
        return admin;
    }

    synchronized void forget() {
        if (admin != null) {
            admin.close();
            admin = null;
        }
    }
}
