package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.server.TestRealm;
import org.keycloak.representations.idm.ClientRepresentation;

/** What an administrator does to the applications of a realm. */
public final class Applications {

    private Applications() {}

    public static void askForConsent(TestRealm realm) {
        ClientRepresentation client =
                realm.admin().clients().findByClientId(realm.client().id()).get(0);
        client.setConsentRequired(true);
        realm.admin().clients().get(client.getId()).update(client);
    }
}
