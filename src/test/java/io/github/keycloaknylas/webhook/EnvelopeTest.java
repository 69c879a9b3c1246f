package io.github.keycloaknylas.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

    private static Envelope read(String text) throws UnreadableBodyException {
        return Envelope.read(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"grant.created", "grant.updated", "grant.expired", "grant.deleted"})
    void aNotificationAboutAGrantIsNeeded(String type) throws UnreadableBodyException {
        Envelope envelope = read(Bodies.notification(type, "event-1", "grant-1"));

        assertThat(envelope.isNeeded()).isTrue();
        assertThat(envelope.type()).isEqualTo(type);
        assertThat(envelope.eventId()).isEqualTo("event-1");
        assertThat(envelope.grantId()).isEqualTo("grant-1");
        assertThat(envelope.application()).contains("application-1");
        assertThat(envelope.eventAt()).isEqualTo(1770000003000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"message.created", "grant.imap_sync_completed", "booking.cancelled"})
    void whatIsAboutSomethingElseIsNotNeeded(String type) throws UnreadableBodyException {
        assertThat(read("{\"type\":\"" + type + "\",\"id\":\"event-1\",\"data\":{\"object\":{}}}")
                        .isNeeded())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[]",
                "null",
                "text",
                "<xml/>",
                "{}",
                "{\"type\":\"grant.expired\"}",
                "{\"type\":7,\"id\":\"event-1\"}",
                "{\"type\":\"grant.expired\",\"id\":\"\"}",
                "{\"type\":\"grant.expired\",\"id\":\"event-1\",\"data\":{}}",
                "{\"type\":\"grant.expired\",\"id\":\"event-1\",\"data\":{\"object\":{\"grant_id\":\"a/../b\"}}}",
                "{\"type\":\"grant.expired\",\"id\":\"event-1\",\"data\":{\"object\":{\"grant_id\":\"g\"}}} {}",
                "{\"type\":\"grant.expired\",\"id\":\"event-1\",\"data\":{\"application_id\":\"a b\","
                        + "\"object\":{\"grant_id\":\"g\"}}}"
            })
    void whatIsNoNotificationIsRefused(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(UnreadableBodyException.class)
                .hasMessage("NOT_A_NOTIFICATION");
    }

    @Test
    void deepNestingIsRefused() {
        assertThatThrownBy(() -> read("[".repeat(100_000))).isInstanceOf(UnreadableBodyException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1e300", "\"yesterday\"", "99999999999999999999", "null"})
    void aTimeThatIsNoneIsLeftOut(String time) throws UnreadableBodyException {
        String text = Bodies.notification("grant.expired", "event-1", "grant-1").replace("1770000003", time);

        assertThat(read(text).eventAt()).isNull();
    }
}
