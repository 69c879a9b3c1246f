package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Somebody else who signs in and gets a grant. Logins are taken over in the order in which they completed: once the
 * bystander has a grant, whatever was marked before has been called for.
 */
public final class Bystander {

    private static final Map<KeycloakServer, Bystander> KNOWN = new ConcurrentHashMap<>();

    private final MicrosoftRealm realm;

    private Bystander(MicrosoftRealm realm) {
        this.realm = realm;
    }

    public static Bystander of(KeycloakServer server) {
        return KNOWN.computeIfAbsent(server, one -> new Bystander(MicrosoftRealm.withOidc(one, Map.of())));
    }

    public void passes() {
        Account account = MicrosoftRealm.somebody();
        realm.awaitGrantId(realm.signIn("entra", account).tokens().userId());
    }
}
