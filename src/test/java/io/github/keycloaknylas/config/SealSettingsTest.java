package io.github.keycloaknylas.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloaknylas.support.store.FakeKeycloak;
import io.github.keycloaknylas.support.store.FreshOptions;
import io.github.keycloaknylas.support.store.Options;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(FreshOptions.class)
class SealSettingsTest {

    private static final String PROFILE = "kc.profile";

    private final Options options = Options.none();
    private final FakeKeycloak keycloak = new FakeKeycloak(null);

    @AfterEach
    void forgetProfile() {
        System.clearProperty(PROFILE);
    }

    private static String key(int bytes) {
        return Base64.getEncoder().encodeToString(new byte[bytes]);
    }

    @Test
    void theDefaultKeySealsUnlessAnotherIsNamed() {
        assertThat(SealSettings.activeKeyId()).isEqualTo("default");

        options.with("nylas-seal/default/key-id", "second");
        assertThat(SealSettings.activeKeyId()).isEqualTo("second");
    }

    @Test
    void everyKeyWhoseOptionIsThereCanBeRead() {
        options.with("nylas-seal-key/old/secret", key(32)).with("nylas-seal-key/new/secret", "${vault.seal}");
        keycloak.vault().put("${vault.seal}", key(32) + "\n");

        assertThat(SealSettings.key(keycloak.session(), "old"))
                .hasValueSatisfying(k -> assertThat(k).hasSize(32));
        assertThat(SealSettings.key(keycloak.session(), "new")).isPresent();
        assertThat(SealSettings.key(keycloak.session(), "gone")).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "../old", "OLD", "a/b", "-a"})
    void anIdThatIsNoneNeverReachesTheServersOptions(String id) {
        options.with("nylas-seal-key/" + id + "/secret", key(32));

        assertThat(SealSettings.key(keycloak.session(), id)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"c2hvcnQ=", "not base64!", "plain text of exactly 32 letters"})
    void aKeyThatIsNot32BytesInBase64IsRefusedAndNotRepeated(String secret) {
        options.with("nylas-seal-key/default/secret", secret);

        assertThatThrownBy(() -> SealSettings.key(keycloak.session(), "default"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("spi-nylas-seal-key--default--secret")
                .hasMessageNotContaining(secret)
                .hasNoCause();
    }

    @Test
    void theRealmsKeyIsAllowedInDevelopmentAndInProductionOnlyByChoice() {
        assertThat(SealSettings.realmKeyAllowed()).isFalse();

        System.setProperty(PROFILE, "dev");
        assertThat(SealSettings.realmKeyAllowed()).isTrue();
        options.with("nylas-seal/default/realm-key", "false");
        assertThat(SealSettings.realmKeyAllowed()).isFalse();

        System.clearProperty(PROFILE);
        options.with("nylas-seal/default/realm-key", "true");
        assertThat(SealSettings.realmKeyAllowed()).isTrue();
    }
}
