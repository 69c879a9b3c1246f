package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A login of another user, who gets a grant. Logins are handed over in the order in which they completed: once this one
 * has its grant, all that were marked before have been called for.
 */
public final class SentinelLogin {

    private static final Map<KeycloakServer, SentinelLogin> KNOWN = new ConcurrentHashMap<>();

    private final MicrosoftRealm realm;

    private SentinelLogin(MicrosoftRealm realm) {
        this.realm = realm;
    }

    public static SentinelLogin of(KeycloakServer server) {
        return KNOWN.computeIfAbsent(server, one -> new SentinelLogin(MicrosoftRealm.withOidc(one, Map.of())));
    }

    public void awaitGrant() {
        Account account = MicrosoftRealm.somebody();
        realm.awaitGrantId(realm.signIn("entra", account).tokens().userId());
    }
}
