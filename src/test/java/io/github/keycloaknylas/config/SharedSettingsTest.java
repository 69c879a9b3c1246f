package io.github.keycloaknylas.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.support.store.Options;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a node tells the others about its options. */
class SharedSettingsTest {

    private static Map<String, String> settings(String connection) {
        ServerConnections.named(connection, Optional.empty());
        return SharedSettings.ofThisNode();
    }

    @Test
    void aConnectionIsDescribedWithoutItsKey() {
        Options.none()
                .with("nylas-connection/described/api-key", "nyk_v0_secret")
                .with("nylas-connection/described/api-url", "https://api.eu.nylas.com")
                .with("nylas-connection/described/realms", "acme")
                .with("nylas-connection/described/webhook-secret", "whsec");

        Map<String, String> settings = settings("described");

        assertThat(settings)
                .containsEntry("spi-nylas-connection--described--api-key", "set")
                .containsEntry("spi-nylas-connection--described--api-url", "https://api.eu.nylas.com")
                .containsEntry("spi-nylas-connection--described--realms", "acme");
        assertThat(settings.toString()).doesNotContain("nyk_v0_secret", "whsec");
    }

    @Test
    void aReferenceToTheVaultIsNoSecret() {
        Options.none().with("nylas-connection/referring/api-key", "${vault.nylas}");

        assertThat(settings("referring")).containsEntry("spi-nylas-connection--referring--api-key", "${vault.nylas}");
    }

    @Test
    void anAddressWithAPasswordIsNotStored() {
        Options.none()
                .with("nylas-connection/odd/api-key", "key")
                .with("nylas-connection/odd/api-url", "https://user:password@api.us.nylas.com");

        assertThat(settings("odd"))
                .containsEntry("spi-nylas-connection--odd--api-url", "refused")
                .doesNotContainValue("https://user:password@api.us.nylas.com");
    }

    @Test
    void theSealKeyIsNamedAndNotShown() {
        Options.none().with("nylas-seal/default/key-id", "2027").with("nylas-seal-key/2027/secret", "c2VjcmV0");

        assertThat(SharedSettings.ofThisNode())
                .containsEntry("spi-nylas-seal--default--key-id", "2027")
                .doesNotContainValue("c2VjcmV0");
    }
}
