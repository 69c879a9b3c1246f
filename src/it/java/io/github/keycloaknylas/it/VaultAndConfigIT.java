package io.github.keycloaknylas.it;

import static io.github.keycloaknylas.it.support.MicrosoftRealm.handovers;
import static io.github.keycloaknylas.it.support.MicrosoftRealm.somebody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.it.support.FullBuildOnly;
import io.github.keycloaknylas.it.support.MicrosoftRealm;
import io.github.keycloaknylas.it.support.SearchableEnvironment;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.it.support.VaultConnections;
import io.github.keycloaknylas.testkit.microsoft.Account;
import io.github.keycloaknylas.testkit.server.KeycloakServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where a mapper's connection and key come from, and what is said where they cannot be had. */
@FullBuildOnly("it starts a server with a vault")
class VaultAndConfigIT {

    private final KeycloakServer server = SearchableEnvironment.keycloak();

    @Test
    void aRealmBringsItsOwnAddressWithAKeyFromItsVault() throws IOException {
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(server, own("${vault.nylas-key}"))) {
            putIntoVault(realm, "nylas-key", VaultConnections.OWN.apiKey() + "\n");
            Account account = somebody();

            realm.awaitGrantId(signIn(realm, account));

            assertThat(VaultConnections.OWN.grantOf(account)).isPresent();
        }
    }

    @Test
    void aWrongKeyInTheVaultIsSaidAndTheRightOneIsTakenSoon() throws IOException {
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(server, own("${vault.nylas-key}"))) {
            putIntoVault(realm, "nylas-key", "nyk_v0_not-this-one");
            String userId = signIn(realm, somebody());
            awaitLine(realm, "Nylas refused the API key");

            putIntoVault(realm, "nylas-key", VaultConnections.OWN.apiKey());

            realm.awaitGrantId(userId);
        }
    }

    @Test
    void aMissingVaultEntryIsSaidAndTheTokenIsHandedOverOnceItIsThere() throws IOException {
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(server, own("${vault.nylas-key}"))) {
            Account account = somebody();
            String userId = signIn(realm, account);
            awaitLine(
                    realm,
                    "Refresh tokens are queued. The vault of realm '"
                            + realm.keycloak().name() + "' has no entry for ${vault.nylas-key}");
            assertThat(handovers(account)).isZero();

            putIntoVault(realm, "nylas-key", VaultConnections.OWN.apiKey());

            realm.awaitGrantId(userId);
        }
    }

    @Test
    void aKeyWrittenIntoTheMapperItselfIsRefused() {
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(server, own(VaultConnections.OWN.apiKey()))) {
            Account account = somebody();

            signIn(realm, account);

            awaitLine(realm, "Refresh tokens are queued. The API key of the mapper is not a vault reference.");
            assertThat(handovers(account)).isZero();
            assertThat(server.log()).doesNotContain(VaultConnections.OWN.apiKey());
        }
    }

    @Test
    void aServersKeyNeverGoesToARealmsAddress() {
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(
                server, Map.of("apiUrl", TestEnvironment.NYLAS.uri().toString()))) {
            Account account = somebody();

            signIn(realm, account);

            awaitLine(realm, "Refresh tokens are queued. The mapper has an API URL of its own but no API key.");
            assertThat(handovers(account)).isZero();
        }
    }

    @Test
    void aConnectionOfOtherRealmsIsRefused() {
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(server, VaultConnections.OF_OTHERS.mapper())) {
            Account account = somebody();

            String userId = signIn(realm, account);

            awaitLine(
                    realm,
                    "Refresh tokens are queued. Realm '" + realm.keycloak().name()
                            + "' may not use the Nylas connection 'of-others'");
            assertThat(VaultConnections.OF_OTHERS.calls()).isEmpty();
            assertThat(realm.grantId(userId)).isEmpty();
        }
    }

    @Test
    void aConnectionNobodySetUpIsSaid() {
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(server, Map.of("connection", "nowhere"))) {
            signIn(realm, somebody());

            awaitLine(
                    realm,
                    "Refresh tokens are queued. The server has no Nylas connection 'nowhere'. Start Keycloak with"
                            + " spi-nylas-connection--nowhere--api-key");
        }
    }

    @Test
    void aConnectionGivenOnTheCommandLineIsUsed() {
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(server, VaultConnections.ON_THE_COMMAND_LINE.mapper())) {
            Account account = somebody();

            realm.awaitGrantId(signIn(realm, account));

            assertThat(VaultConnections.ON_THE_COMMAND_LINE.grantOf(account)).isPresent();
        }
    }

    @Test
    void aServersConnectionTakesItsKeyFromTheVaultOfTheRealm() throws IOException {
        try (MicrosoftRealm realm = MicrosoftRealm.withOidc(server, VaultConnections.KEY_IN_VAULT.mapper())) {
            putIntoVault(realm, "servers-key", VaultConnections.KEY_IN_VAULT.apiKey());
            Account account = somebody();

            realm.awaitGrantId(signIn(realm, account));

            assertThat(VaultConnections.KEY_IN_VAULT.grantOf(account)).isPresent();
        }
    }

    private static Map<String, String> own(String key) {
        return Map.of("apiUrl", TestEnvironment.NYLAS.uri().toString(), "apiKey", key);
    }

    /** As the file vault of Keycloak names its files. */
    private static void putIntoVault(MicrosoftRealm realm, String name, String secret) throws IOException {
        Files.writeString(VaultConnections.VAULT.resolve(realm.keycloak().name() + "_" + name), secret);
    }

    private static String signIn(MicrosoftRealm realm, Account account) {
        return realm.signIn("entra", account).tokens().userId();
    }

    private void awaitLine(MicrosoftRealm realm, String sentence) {
        String ours = "realm '" + realm.keycloak().name() + "', provider 'entra': " + sentence;
        await().untilAsserted(() -> assertThat(server.log()).contains(ours));
    }
}
