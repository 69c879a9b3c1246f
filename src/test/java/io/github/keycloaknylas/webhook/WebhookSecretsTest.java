package io.github.keycloaknylas.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakSession;

/** Which secret a notification is verified with. */
@OnEveryDatabase
class WebhookSecretsTest extends ReceiverTestBase {

    WebhookSecretsTest(Engine engine) {
        super(engine);
    }

    @Test
    void aCompressedNotificationIsSignedCompressed() {
        String id = registered();
        byte[] plain =
                Bodies.notification("grant.expired", "event-1", "grant-1").getBytes(StandardCharsets.UTF_8);
        byte[] packed = Bodies.gzip(plain);

        assertThat(receive(id, Bodies.signed(packed, SECRET, "gzip"))).isEqualTo(Answer.STORED);
        SignedBody signedPlain =
                new SignedBody(packed, Bodies.signed(plain, SECRET, null).signature(), "gzip");
        assertThat(receive(id, signedPlain)).isEqualTo(Answer.WRONG_SIGNATURE);
    }

    @Test
    void duringARotationBothSecretsCountAndNothingIsRefusedForGood() {
        String id = registered();
        SignedBody unknown = Bodies.signed(Bodies.notification("grant.expired", "e-1", "grant-1"), "new-secret");
        changing(id);

        assertThat(receive(id, unknown)).isEqualTo(Answer.SECRET_UNSETTLED);
        assertThat(receive(id, expired("e-2"))).isEqualTo(Answer.STORED);
        secret(id, "new-secret");

        assertThat(receive(id, unknown)).isEqualTo(Answer.STORED);
        assertThat(receive(id, expired("e-3"))).isEqualTo(Answer.STORED);
        assertThat(receive(id, Bodies.signed(Bodies.notification("grant.expired", "e-4", "grant-1"), "guessed")))
                .isEqualTo(Answer.WRONG_SIGNATURE);
    }

    @Test
    void beforeASecretIsStoredNylasIsAskedToSendAgain() {
        assertThat(receive(pending(), expired("event-1"))).isEqualTo(Answer.SECRET_UNSETTLED);
    }

    @Test
    void aSecretThatCannotBeOpenedIsLoggedAndNylasIsAskedToSendAgain() {
        String id = registered();
        options.without("nylas-seal-key/default/secret");

        assertThat(receive(id, expired("event-1"))).isEqualTo(Answer.SECRET_UNSETTLED);

        verify(warnings).warnOfConnection(any(), contains("seal key 'server:default'"));
    }

    @Test
    void aWebhookByHandIsVerifiedBeforeItsSecretIsKnownAndUsedAfter() {
        String id = manual(Optional.empty());
        KeycloakSession master = request(keycloak.realm("id-of-master"));

        assertThat(receiver.challenge(master, id, "c").getStatus()).isEqualTo(200);
        assertThat(receiver.receive(master, id, expired("event-1"))).isEqualTo(Answer.SECRET_UNSETTLED);
        verify(warnings).warnOfConnection(eq("default"), contains("webhook-secret"));
        manual(Optional.of(SECRET));

        assertThat(receiver.receive(master, id, expired("event-1"))).isEqualTo(Answer.STORED);
        assertThat(receiver.receive(master, id, new SignedBody(new byte[0], "x", null)))
                .isEqualTo(Answer.WRONG_SIGNATURE);
    }

    @Test
    void aWebhookByHandTakesTheApplicationFromTheNotificationUnlessTheOptionsNameIt() {
        String id = manual(Optional.of(SECRET));
        KeycloakSession master = request(keycloak.realm("id-of-master"));
        String nameless =
                Bodies.notification("grant.expired", "e", "g").replace("\"application_id\":\"application-1\",", "");

        assertThat(receiver.receive(master, id, Bodies.signed(nameless, SECRET)))
                .isEqualTo(Answer.OTHER_APPLICATION);
        options.with("nylas-connection/default/application-id", "APPLICATION-1");
        assertThat(receiver.receive(master, id, Bodies.signed(nameless, SECRET)))
                .isEqualTo(Answer.STORED);
        assertThat(receiver.receive(master, id, expired("event-1"))).isEqualTo(Answer.STORED);
    }
}
