package io.github.keycloaknylas.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedBodyTest {

    // Computed with: printf %s '{"a":1}' | openssl dgst -sha256 -hmac secret
    private static final String SIGNATURE = "aa9e2e3575f5d7098b6caccd790888c36d5fdb63342a73bada2d6a51747a8494";
    private static final byte[] BODY = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

    private static SignedBody signed(String signature) {
        return new SignedBody(BODY, signature, null);
    }

    private static boolean accepted(String signature, String... secrets) {
        return signed(signature).isSignedWithOneOf(List.of(secrets));
    }

    @Test
    void theSignatureIsTheHmacOfTheBytes() {
        assertThat(accepted(SIGNATURE, "secret")).isTrue();
        assertThat(accepted(SIGNATURE, "other")).isFalse();
        assertThat(new SignedBody("{\"a\": 1}".getBytes(StandardCharsets.UTF_8), SIGNATURE, null)
                        .isSignedWithOneOf(List.of("secret")))
                .isFalse();
    }

    @Test
    void aPrefixAndUpperCaseAreTolerated() {
        assertThat(accepted("sha256=" + SIGNATURE, "secret")).isTrue();
        assertThat(accepted(" SHA256=" + SIGNATURE.toUpperCase(Locale.ROOT) + " ", "secret"))
                .isTrue();
    }

    @Test
    void anyOfSeveralSecretsMayHaveSigned() {
        assertThat(accepted(SIGNATURE, "new", "secret")).isTrue();
        assertThat(accepted(SIGNATURE, "secret", "old")).isTrue();
        assertThat(accepted(SIGNATURE)).isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "sha256=", "00", "é"})
    void whatIsNoSignatureMatchesNothing(String signature) {
        assertThat(accepted(signature, "secret")).isFalse();
    }

    @Test
    void aBodyIsTooLargeAbove2MiB() {
        assertThat(new SignedBody(new byte[SignedBody.MOST_BYTES], null, null).isTooLarge())
                .isFalse();
        assertThat(new SignedBody(new byte[SignedBody.MOST_BYTES + 1], null, null).isTooLarge())
                .isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "identity", " Identity "})
    void aPlainBodyIsReadAsItIs(String encoding) throws UnreadableBodyException {
        assertThat(new SignedBody(BODY, null, encoding).content()).isEqualTo(BODY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "x-gzip"})
    void aCompressedBodyIsInflated(String encoding) throws UnreadableBodyException {
        assertThat(new SignedBody(Bodies.gzip(BODY), null, encoding).content()).isEqualTo(BODY);
    }

    @Test
    void whatIsLargerThan2MiBWhenInflatedIsRefused() throws UnreadableBodyException {
        byte[] most = Bodies.gzip(new byte[SignedBody.MOST_BYTES]);
        byte[] bomb = Bodies.gzip(new byte[SignedBody.MOST_BYTES + 1]);

        assertThat(new SignedBody(most, null, "gzip").content()).hasSize(SignedBody.MOST_BYTES);
        assertThatThrownBy(() -> new SignedBody(bomb, null, "gzip").content())
                .isInstanceOf(UnreadableBodyException.class)
                .hasMessage("TOO_LARGE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "br", "gzip, gzip"})
    void whatIsNotEncodedAsItSaysIsRefused(String encoding) {
        assertThatThrownBy(() -> new SignedBody(BODY, null, encoding).content())
                .isInstanceOf(UnreadableBodyException.class)
                .hasMessage("UNKNOWN_ENCODING");
    }

    @Test
    void nothingThatIsPrintedRepeatsTheBody() {
        assertThat(signed(SIGNATURE).toString()).isEqualTo("SignedBody[7 bytes]");
    }
}
