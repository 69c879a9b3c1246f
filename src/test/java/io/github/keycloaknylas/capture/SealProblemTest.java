package io.github.keycloaknylas.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.util.Base64;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.Config;
import org.keycloak.crypto.KeyStatus;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.KeyManager;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Whether tokens could be sealed, told without sealing one. */
class SealProblemTest {

    private static final String SECRET = "keycloak.nylas-seal-key.default.secret";
    private static final String REALM_KEY = "keycloak.nylas-seal.default.realm-key";

    private final KeycloakSession session = mock(KeycloakSession.class);
    private final KeyManager keys = mock(KeyManager.class);

    @BeforeEach
    void prepare() {
        Config.init(new Config.SystemPropertiesConfigProvider());
        KeycloakContext context = mock(KeycloakContext.class);
        RealmModel realm = mock(RealmModel.class);
        when(context.getRealm()).thenReturn(realm);
        when(session.getContext()).thenReturn(context);
        when(session.keys()).thenReturn(keys);
        when(keys.getKeysStream(any(), any(), any())).thenReturn(Stream.empty());
    }

    @AfterEach
    void forget() {
        System.clearProperty(SECRET);
        System.clearProperty(REALM_KEY);
    }

    @Test
    void aServerKeyIsEnough() {
        System.setProperty(SECRET, Base64.getEncoder().encodeToString(new byte[32]));
        assertThat(Seal.problem(session)).isEmpty();
    }

    @Test
    void inProductionNoServerKeyIsAnObstacle() {
        assertThat(Seal.problem(session)).get().asString().contains("spi-nylas-seal-key--default--secret");
    }

    @Test
    void aServerKeyThatIsNoneIsAnObstacleAndIsNotRepeated() {
        System.setProperty(SECRET, "not-a-key");
        assertThat(Seal.problem(session))
                .get()
                .asString()
                .contains("openssl rand -base64 32")
                .doesNotContain("not-a-key");
    }

    @Test
    void theRealmKeyIsEnoughWhereItIsChosen() {
        System.setProperty(REALM_KEY, "true");
        when(keys.getKeysStream(any(), any(), any())).thenReturn(Stream.of(key(32)));
        assertThat(Seal.problem(session)).isEmpty();
    }

    @Test
    void aRealmKeyOfAnotherLengthIsAnObstacle() {
        System.setProperty(REALM_KEY, "true");
        when(keys.getKeysStream(any(), any(), any())).thenReturn(Stream.of(key(20)));
        assertThat(Seal.problem(session)).isPresent();
    }

    @Test
    void keycloakIsNotMadeToGenerateARealmKey() {
        System.setProperty(REALM_KEY, "true");
        assertThat(Seal.problem(session)).isEmpty();
        verify(keys, never()).getActiveKey(any(), any(), any());
    }

    private static KeyWrapper key(int bytes) {
        KeyWrapper key = new KeyWrapper();
        key.setKid("kid");
        key.setStatus(KeyStatus.ACTIVE);
        key.setSecretKey(new SecretKeySpec(new byte[bytes], "AES"));
        return key;
    }
}
