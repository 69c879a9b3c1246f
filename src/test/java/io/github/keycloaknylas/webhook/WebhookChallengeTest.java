package io.github.keycloaknylas.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The challenge that Nylas sends before it uses a webhook. */
@OnEveryDatabase
class WebhookChallengeTest extends ReceiverTestBase {

    WebhookChallengeTest(Engine engine) {
        super(engine);
    }

    @Test
    void aChallengeIsAnsweredWithExactlyItsBytesBeforeThereIsASecret() {
        Response response = challenge(pending(), "a \"ü\" b");

        assertThat(response.getStatus()).isEqualTo(200);
        assertThat((byte[]) response.getEntity()).isEqualTo("a \"ü\" b".getBytes(StandardCharsets.UTF_8));
        assertThat(response.getMediaType()).hasToString("text/plain");
    }

    @Test
    void withoutAChallengeOrWithALongOneTheAnswerIs400() {
        String id = pending();

        assertThat(challenge(id, null).getStatus()).isEqualTo(400);
        assertThat(challenge(id, "").getStatus()).isEqualTo(400);
        assertThat(challenge(id, "c".repeat(1001)).getStatus()).isEqualTo(400);
        assertThat(challenge(id, "c".repeat(1000)).getStatus()).isEqualTo(200);
    }
}
