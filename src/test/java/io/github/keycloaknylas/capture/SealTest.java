package io.github.keycloaknylas.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.SealedToken;
import io.github.keycloaknylas.support.store.Crypto;
import io.github.keycloaknylas.support.store.FakeKeycloak;
import io.github.keycloaknylas.support.store.FreshOptions;
import io.github.keycloaknylas.support.store.Options;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.KeyManager;
import org.keycloak.models.KeycloakSession;

@ExtendWith(FreshOptions.class)
class SealTest {

    private static final Mailbox ADA = new Mailbox("realm", "microsoft", "ada");

    private final Options options = Options.none().with("nylas-seal-key/default/secret", key(1));
    private final FakeKeycloak keycloak = new FakeKeycloak(null);
    private final KeycloakSession session = keycloak.session();
    private final KeyManager keys = mock(KeyManager.class);

    @BeforeEach
    void theSessionIsBoundToItsRealm() {
        Crypto.use();
        session.getContext().setRealm(keycloak.realm("realm"));
        when(session.keys()).thenReturn(keys);
    }

    private static String key(int filling) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) filling);
        return Base64.getEncoder().encodeToString(key);
    }

    private SealedToken seal(String token) {
        return Seal.seal(session, ADA, token, 10);
    }

    private void realmKey(int bytes) {
        KeyWrapper wrapper = new KeyWrapper();
        wrapper.setKid("kid-1");
        wrapper.setSecretKey(new SecretKeySpec(new byte[bytes], "AES"));
        when(keys.getActiveKey(any(), any(), any())).thenReturn(wrapper);
        when(keys.getKey(any(), org.mockito.ArgumentMatchers.eq("kid-1"), any(), any()))
                .thenReturn(wrapper);
        options.without("nylas-seal-key/default/secret");
        options.with("nylas-seal/default/realm-key", "true");
    }

    @Test
    void whatIsSealedOpensForTheSameMailbox() {
        SealedToken sealed = seal("refresh-token");

        assertThat(sealed.keyId()).isEqualTo("server:default");
        assertThat(sealed.capturedAt()).isEqualTo(10);
        assertThat(sealed.text()).doesNotContain("refresh-token");
        assertThat(Seal.open(session, ADA, sealed)).isEqualTo("refresh-token");
    }

    @Test
    void theSealIsACompactJweThatNamesItsAlgorithmsAndNoMailbox() {
        String[] parts = seal("refresh-token").text().split("\\.");

        assertThat(parts).hasSize(5);
        assertThat(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8))
                .contains("\"alg\":\"dir\"", "\"enc\":\"A256GCM\"")
                .doesNotContain("ada");
    }

    @Test
    void theSameTokenNeverLooksTheSameTwice() {
        assertThat(seal("refresh-token").text())
                .isNotEqualTo(seal("refresh-token").text());
    }

    @Test
    void aTokenOf20KilobytesGoesThrough() {
        assertThat(Seal.open(session, ADA, seal("x".repeat(20_000)))).isEqualTo("x".repeat(20_000));
    }

    // Numbered: not every console and report takes these texts.
    @ParameterizedTest(name = "text {index}")
    @ValueSource(strings = {"NUL \u0000", "lone \ud800", "\udfff", "pair \ud83d\ude00", "quote \" and \\"})
    void anySubjectCanBeSealedFor(String subject) {
        Mailbox mailbox = new Mailbox("realm", "microsoft", subject);

        assertThat(Seal.open(session, mailbox, Seal.seal(session, mailbox, "refresh-token", 10)))
                .isEqualTo("refresh-token");
    }

    @Test
    void aCiphertextThatWasMovedToAnotherRowDoesNotOpen() {
        SealedToken sealed = seal("refresh-token");

        for (Mailbox other : new Mailbox[] {
            new Mailbox("realm", "microsoft", "eve"),
            new Mailbox("realm", "microsoft", "ADA"),
            new Mailbox("realm", "other", "ada"),
            new Mailbox("other", "microsoft", "ada")
        }) {
            assertThatThrownBy(() -> Seal.open(session, other, sealed))
                    .isInstanceOf(SealException.class)
                    .hasMessageContaining("different mailbox")
                    .hasMessageNotContaining("refresh-token");
        }
    }

    @Test
    void aMissingKeyIsNamed() {
        SealedToken sealed = seal("refresh-token");
        options.without("nylas-seal-key/default/secret");

        assertThatThrownBy(() -> Seal.open(session, ADA, sealed))
                .isInstanceOf(SealException.class)
                .hasMessageContaining("server:default");
    }

    @Test
    void anotherKeyUnderTheSameNameDoesNotOpen() {
        SealedToken sealed = seal("refresh-token");
        options.with("nylas-seal-key/default/secret", key(2));

        assertThatThrownBy(() -> Seal.open(session, ADA, sealed))
                .isInstanceOf(SealException.class)
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "a.b.c.d.e", "not a jwe", "....", "!.!.!.!.!"})
    void whatIsNoSealIsRefusedWithoutBeingQuoted(String text) {
        assertThatThrownBy(() -> Seal.open(session, ADA, new SealedToken(text, "server:default", 10)))
                .isInstanceOf(SealException.class)
                .hasNoCause();
    }

    @Test
    void afterARotationNewTokensTakeTheNewKeyAndOldOnesStillOpen() {
        SealedToken old = seal("old");
        options.with("nylas-seal-key/second/secret", key(2)).with("nylas-seal/default/key-id", "second");

        SealedToken sealed = seal("new");

        assertThat(sealed.keyId()).isEqualTo("server:second");
        assertThat(Seal.open(session, ADA, sealed)).isEqualTo("new");
        assertThat(Seal.open(session, ADA, old)).isEqualTo("old");
    }

    @Test
    void withoutAServerKeyNothingIsSealedInProduction() {
        options.without("nylas-seal-key/default/secret");

        assertThatThrownBy(() -> seal("refresh-token"))
                .isInstanceOf(SealException.class)
                .hasMessageContaining("spi-nylas-seal-key--default--secret");
    }

    @Test
    void theRealmsKeySealsWhereItIsChosen() {
        realmKey(32);

        SealedToken sealed = seal("refresh-token");

        assertThat(sealed.keyId()).isEqualTo("realm:kid-1");
        assertThat(Seal.open(session, ADA, sealed)).isEqualTo("refresh-token");
    }

    @Test
    void aServerKeyIsPreferredToTheRealms() {
        realmKey(32);
        options.with("nylas-seal-key/default/secret", key(1));

        assertThat(seal("refresh-token").keyId()).isEqualTo("server:default");
    }

    @ParameterizedTest
    @CsvSource({"16, A128GCM", "24, A192GCM", "32, A256GCM"})
    void theRealmsKeySealsAtEveryLengthThatAesHas(int bytes, String encryption) {
        realmKey(bytes);

        SealedToken sealed = seal("refresh-token");

        String header = new String(Base64.getUrlDecoder().decode(sealed.text().split("[.]")[0]));
        assertThat(header).contains("\"enc\":\"" + encryption + "\"");
        assertThat(Seal.open(session, ADA, sealed)).isEqualTo("refresh-token");
    }

    @Test
    void aRealmKeyOfAnotherLengthIsRefusedInWords() {
        realmKey(20);

        assertThatThrownBy(() -> seal("refresh-token"))
                .isInstanceOf(SealException.class)
                .hasMessageContaining("32 bytes");
    }

    @Test
    void nothingThatIsPrintedHoldsAKey() {
        assertThat(SealKey.active(session).toString()).isEqualTo("SealKey[server:default]");
    }
}
