package io.github.keycloaknylas.it.support;

import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import java.time.Duration;
import java.util.Map;

/**
 * Another user, whose account an administrator unlinks. Deletions are decided in the order in which they fall due: once
 * this grant is deleted at Nylas, those that were queued before have been decided. For a server without a grace.
 */
public final class SentinelDeletion {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private SentinelDeletion() {}

    public static void awaitDeletion(KeycloakServer server) {
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(server, Map.of())) {
            Account account = MicrosoftRealm.somebody();
            String userId = realm.signIn("entra", account).tokens().userId();
            realm.awaitGrantId(userId);

            realm.keycloak().user(userId).removeFederatedIdentity("entra");

            await().atMost(PATIENCE)
                    .until(() -> MicrosoftRealm.grantAtNylas(account).isEmpty());
        }
    }
}
