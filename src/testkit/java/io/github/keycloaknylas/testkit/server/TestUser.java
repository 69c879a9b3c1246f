package io.github.keycloaknylas.testkit.server;

import java.util.List;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** A user with a password in Keycloak itself and a complete profile, so that no sign-in stops to complete it. */
public record TestUser(String username, String email, String password) {

    public static TestUser named(String username) {
        return new TestUser(username, username + "@example.org", username + "-password");
    }

    public TestUser email(String email) {
        return new TestUser(username, email, password);
    }

    UserRepresentation representation() {
        CredentialRepresentation credential = new CredentialRepresentation();
        credential.setType(CredentialRepresentation.PASSWORD);
        credential.setValue(password);
        UserRepresentation user = new UserRepresentation();
        user.setUsername(username);
        user.setEmail(email);
        user.setEmailVerified(true);
        user.setFirstName(username);
        user.setLastName("Tester");
        user.setEnabled(true);
        user.setCredentials(List.of(credential));
        return user;
    }
}
