package io.github.keycloaknylas.nylas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentSecretsTest {

    private final SentSecrets sent = SentSecrets.with("nyk_v0_SecretKey", "refresh-token");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nyk_v0_SecretKey",
                "NYK_V0_SECRETKEY",
                "key nyk_v0_SecretKey is wrong",
                "nyk_v0_S",
                "refresh-token"
            })
    void aSecretAPieceOfEightCharactersAndWhateverHoldsItAreDropped(String text) {
        assertThat(sent.unlessEchoed(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nyk_v0_", "refresh", "invalid_grant", "0f8b1a36-55d0-4a39-9d5c-0e4c1a2b3c4d"})
    void whatIsShorterOrSaysSomethingElseStays(String text) {
        assertThat(sent.unlessEchoed(text)).isEqualTo(text);
    }

    @Test
    void nothingSaidIsNothingToDrop() {
        assertThat(sent.unlessEchoed(null)).isNull();
    }

    @Test
    void itPrintsNoSecret() {
        assertThat(sent).hasToString("SentSecrets[***]");
    }
}
