package io.github.keycloaknylas.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.SealedSecret;
import io.github.keycloaknylas.support.store.Crypto;
import io.github.keycloaknylas.support.store.FakeKeycloak;
import io.github.keycloaknylas.support.store.FreshOptions;
import io.github.keycloaknylas.support.store.Options;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.keycloak.models.KeycloakSession;

@ExtendWith(FreshOptions.class)
class WebhookSealTest {

    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    private final Options options = Options.none().with("nylas-seal-key/default/secret", KEY);
    private final FakeKeycloak keycloak = new FakeKeycloak(null);
    private final KeycloakSession session = keycloak.session();

    @BeforeEach
    void bind() {
        Crypto.use();
        session.getContext().setRealm(keycloak.realm("realm"));
    }

    @Test
    void aSecretOpensForItsWebhookAndIsNowhereInClear() {
        SealedSecret sealed = WebhookSeal.seal(session, "webhook-1", "the-secret");

        assertThat(sealed.keyId()).isEqualTo("server:default");
        assertThat(sealed.text()).doesNotContain("the-secret");
        assertThat(WebhookSeal.open(session, "webhook-1", sealed)).isEqualTo("the-secret");
    }

    @Test
    void aSecretThatWasMovedToAnotherWebhookDoesNotOpen() {
        SealedSecret sealed = WebhookSeal.seal(session, "webhook-1", "the-secret");

        assertThatThrownBy(() -> WebhookSeal.open(session, "webhook-2", sealed))
                .isInstanceOf(SealException.class)
                .hasMessage("The webhook secret does not open with seal key 'server:default'.");
    }

    @Test
    void withoutItsKeyASecretDoesNotOpen() {
        SealedSecret sealed = WebhookSeal.seal(session, "webhook-1", "the-secret");
        options.without("nylas-seal-key/default/secret");

        assertThatThrownBy(() -> WebhookSeal.open(session, "webhook-1", sealed)).isInstanceOf(SealException.class);
    }

    @Test
    void aSealedTokenIsNoSecret() {
        String token =
                Seal.seal(session, new Mailbox("r", "a", "s"), "token", 1).text();

        assertThatThrownBy(() -> WebhookSeal.open(session, "webhook-1", new SealedSecret(token, "server:default")))
                .isInstanceOf(SealException.class);
    }
}
