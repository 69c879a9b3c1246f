package io.github.keycloaknylas.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused, without a change. */
@OnEveryDatabase
class RefusedNotificationTest extends ReceiverTestBase {

    RefusedNotificationTest(Engine engine) {
        super(engine);
    }

    @Test
    void aForgedNotificationIsRefusedAndLogged() {
        String id = registered();

        assertThat(receive(id, Bodies.signed(Bodies.notification("grant.deleted", "e", "grant-1"), "guessed")))
                .isEqualTo(Answer.WRONG_SIGNATURE);
        assertThat(receive(id, new SignedBody(new byte[] {'{', '}'}, null, null)))
                .isEqualTo(Answer.WRONG_SIGNATURE);

        assertThat(stored()).isZero();
        verify(warnings, times(2)).warnOfConnection(eq("realm:realm/entra"), contains("signature does not match"));
        verify(delivery, never()).wake();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "not json", "{}", "[1]"})
    void whatIsSignedAndNoNotificationIsRefused(String text) {
        String id = registered();

        assertThat(receive(id, Bodies.signed(text, SECRET))).isEqualTo(Answer.NOT_A_NOTIFICATION);
        assertThat(stored()).isZero();
    }

    @Test
    void aNotificationAboutAnotherApplicationIsRefused() {
        String id = registered();
        String text = Bodies.notification("grant.expired", "e", "grant-1").replace("application-1", "application-2");

        assertThat(receive(id, Bodies.signed(text, SECRET))).isEqualTo(Answer.OTHER_APPLICATION);
        assertThat(stored()).isZero();
    }

    @Test
    void aBodyOf11MegabytesIsRefusedWithoutALookAtItsSignature() {
        String id = registered();

        assertThat(receive(id, Bodies.signed(new byte[11_000_000], SECRET, null)))
                .isEqualTo(Answer.TOO_LARGE);
    }

    @Test
    void aGzipBombIsRefused() {
        String id = registered();
        byte[] bomb = Bodies.gzip(new byte[50_000_000]);

        assertThat(receive(id, Bodies.signed(bomb, SECRET, "gzip"))).isEqualTo(Answer.TOO_LARGE);
        assertThat(receive(id, Bodies.signed(bomb, "guessed", "gzip"))).isEqualTo(Answer.WRONG_SIGNATURE);
        assertThat(stored()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-0000-0000-000000000000", "default", "x", "../x", " ", "' or 1=1"})
    void anAddressThatNoWebhookHasIsNotFound(String id) {
        assertThat(receive(id, expired("event-1"))).isEqualTo(Answer.NO_SUCH_WEBHOOK);
        assertThat(challenge(id, "c").getStatus()).isEqualTo(404);
    }

    @Test
    void aWebhookIsNotFoundUnderAnotherRealm() {
        String id = registered();

        assertThat(receiver.receive(request(keycloak.realm("other")), id, expired("event-1")))
                .isEqualTo(Answer.NO_SUCH_WEBHOOK);
    }
}
