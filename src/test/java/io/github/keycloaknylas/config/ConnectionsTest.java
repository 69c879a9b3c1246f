package io.github.keycloaknylas.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloaknylas.support.store.FakeKeycloak;
import io.github.keycloaknylas.support.store.FreshOptions;
import io.github.keycloaknylas.support.store.Options;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.IdentityProviderMapperModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

@ExtendWith(FreshOptions.class)
class ConnectionsTest {

    private final Options options = Options.none().with("nylas-connection/default/api-key", "nyk_server_key");
    private final FakeKeycloak keycloak = new FakeKeycloak(null);
    private final RealmModel realm = keycloak.realm("realm");
    private final KeycloakSession session = session();

    private KeycloakSession session() {
        KeycloakSession opened = keycloak.session();
        opened.getContext().setRealm(realm);
        return opened;
    }

    private static MapperSettings settings(Map<String, String> config) {
        IdentityProviderMapperModel mapper = new IdentityProviderMapperModel();
        mapper.setConfig(config);
        return MapperSettings.of(mapper);
    }

    private ConnectionSettings found(Map<String, String> config) {
        return Connections.settings(realm, "microsoft", settings(config));
    }

    private Connection open(Map<String, String> config) {
        return Connections.open(session, "microsoft", settings(config));
    }

    @Test
    void aMapperUsesTheServersDefaultConnectionInTheUnitedStates() {
        Connection connection = open(Map.of());

        assertThat(connection.settings().name()).isEqualTo("default");
        assertThat(connection.settings().apiUrl()).hasToString("https://api.us.nylas.com");
        assertThat(connection.settings().keyReference()).isEqualTo("option:spi-nylas-connection--default--api-key");
        assertThat(connection.key().value()).isEqualTo("nyk_server_key");
    }

    @Test
    void aMapperPicksAConnectionByItsName() {
        options.with("nylas-connection/second/api-key", "nyk_second").with("nylas-connection/second/region", "eu");

        Connection connection = open(Map.of("connection", "second", "credentialId", "credential-1"));

        assertThat(connection.settings().apiUrl()).hasToString("https://api.eu.nylas.com");
        assertThat(connection.settings().credentialId()).contains("credential-1");
        assertThat(connection.key().value()).isEqualTo("nyk_second");
    }

    @Test
    void anApiUrlOfTheServerWinsOverItsRegion() {
        options.with("nylas-connection/default/region", "eu")
                .with("nylas-connection/default/api-url", "https://nylas.example.com/");

        assertThat(found(Map.of()).apiUrl()).hasToString("https://nylas.example.com");
    }

    @Test
    void aRegionThatIsNoneIsRefused() {
        options.with("nylas-connection/default/region", "mars");

        assertThatThrownBy(() -> found(Map.of()))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("spi-nylas-connection--default--region");
    }

    @Test
    void aConnectionThatTheServerDoesNotHaveIsNamed() {
        assertThatThrownBy(() -> found(Map.of("connection", "missing")))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("spi-nylas-connection--missing--api-key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../default", "Default", "a b", "-a", "a.b", "realm:x/y"})
    void aNameThatIsNoneNeverReachesTheServersOptions(String name) {
        options.with("nylas-connection/" + name + "/api-key", "nyk_other");

        assertThatThrownBy(() -> found(Map.of("connection", name)))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("not valid");
    }

    @ParameterizedTest(name = "realms {0}: {1}")
    @CsvSource({
        "realm-name,true",
        "'other, realm-name ',true",
        "other,false",
        "realm,false",
        "REALM-NAME,false",
        "'',false"
    })
    void onlyRealmsOnTheListMayUseAConnection(String realms, boolean allowed) {
        options.with("nylas-connection/default/realms", realms);

        if (allowed) {
            assertThat(found(Map.of()).name()).isEqualTo("default");
        } else {
            assertThatThrownBy(() -> found(Map.of()))
                    .isInstanceOf(ConnectionException.class)
                    .hasMessageContaining("spi-nylas-connection--default--realms");
        }
    }

    @Test
    void aServerKeyMayLieInTheVault() {
        options.with("nylas-connection/default/api-key", "${vault.nylas}");
        keycloak.vault().put("${vault.nylas}", " nyk_from_vault\n");

        assertThat(open(Map.of()).key().value()).isEqualTo("nyk_from_vault");
        assertThat(found(Map.of()).keyReference()).isEqualTo("${vault.nylas}");
    }

    @Test
    void aRealmMayBringItsOwnUrlWithItsOwnKeyFromTheVault() {
        keycloak.vault().put("${vault.own}", "nyk_own");

        Connection connection = open(Map.of("apiUrl", "https://nylas.example.com", "apiKey", "${vault.own}"));

        assertThat(connection.settings().name()).isEqualTo("realm:realm/microsoft");
        assertThat(connection.settings().apiUrl()).hasToString("https://nylas.example.com");
        assertThat(connection.key().value()).isEqualTo("nyk_own");
    }

    @Test
    void aServerKeyNeverGoesToARealmsOwnUrl() {
        assertThatThrownBy(() -> found(Map.of("apiUrl", "https://evil.example.com")))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("a server key never goes to another URL");
        assertThatThrownBy(() -> found(Map.of("apiUrl", "https://evil.example.com", "connection", "default")))
                .isInstanceOf(ConnectionException.class);
    }

    @Test
    void aRealmsOwnKeyNeverGoesToTheServersUrl() {
        assertThatThrownBy(() -> found(Map.of("apiKey", "${vault.own}")))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("no API URL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nyk_literal", "${vault.}", "vault.own", "x${vault.own}", "${env.KEY}"})
    void aLiteralKeyInTheMapperIsRefusedAndNotRepeated(String key) {
        assertThatThrownBy(() -> found(Map.of("apiUrl", "https://nylas.example.com", "apiKey", key)))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("vault")
                .message()
                .doesNotContain("nyk_literal");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  \n"})
    void aVaultThatHasNoSuchEntryOrAnEmptyOneSaysWhichIsMissing(String entry) {
        if (!entry.isEmpty()) {
            keycloak.vault().put("${vault.own}", entry);
        }

        assertThatThrownBy(() -> open(Map.of("apiUrl", "https://nylas.example.com", "apiKey", "${vault.own}")))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("${vault.own}")
                .hasMessageContaining("realm-name");
    }

    @Test
    void aUrlThatIsNoneIsRefused() {
        assertThatThrownBy(() -> found(Map.of("apiUrl", "not a url", "apiKey", "${vault.own}")))
                .isInstanceOf(ConnectionException.class)
                .hasMessageContaining("not a URL");
    }

    @Test
    void theFingerprintChangesWithUrlApplicationAndCredentialAndNotWithTheKey() {
        String before = found(Map.of()).fingerprint();
        options.with("nylas-connection/default/api-key", "nyk_rotated");
        assertThat(found(Map.of()).fingerprint()).isEqualTo(before);

        assertThat(found(Map.of("credentialId", "c")).fingerprint()).isNotEqualTo(before);
        options.with("nylas-connection/default/application-id", "app");
        assertThat(found(Map.of()).fingerprint()).isNotEqualTo(before);
        options.without("nylas-connection/default/application-id");
        options.with("nylas-connection/default/region", "eu");
        assertThat(found(Map.of()).fingerprint()).isNotEqualTo(before);
    }

    @Test
    void theVersionChangesWithTheKeyToo() {
        Connection before = open(Map.of());
        options.with("nylas-connection/default/api-key", "nyk_rotated");

        assertThat(open(Map.of()).version()).isNotEqualTo(before.version());
    }

    @Test
    void nothingThatIsPrintedHoldsAKey() {
        Connection connection = open(Map.of());

        assertThat(connection.toString() + connection.settings() + Optional.of(connection))
                .doesNotContain("nyk_server_key");
    }
}
