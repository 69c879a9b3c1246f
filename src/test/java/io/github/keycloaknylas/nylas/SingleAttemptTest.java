package io.github.keycloaknylas.nylas;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.apache.http.client.methods.HttpDelete;
import org.apache.http.message.BasicHttpRequest;
import org.apache.http.protocol.HttpCoreContext;
import org.junit.jupiter.api.Test;

class SingleAttemptTest {

    private final SingleAttempt context = new SingleAttempt();

    private void send(String method) {
        context.setAttribute(
                HttpCoreContext.HTTP_REQUEST,
                method.equals("CONNECT") ? new BasicHttpRequest(method, "api:443") : new HttpDelete("https://api/x"));
        context.setAttribute(HttpCoreContext.HTTP_REQ_SENT, Boolean.FALSE);
        context.setAttribute(HttpCoreContext.HTTP_REQ_SENT, Boolean.TRUE);
    }

    @Test
    void aTunnelThroughAProxyIsNotTheRequest() {
        assertThatCode(() -> {
                    send("CONNECT");
                    send("CONNECT");
                    send("DELETE");
                })
                .doesNotThrowAnyException();
    }

    @Test
    void aSecondAttemptToSendFailsBeforeTheFirstByte() {
        send("DELETE");
        send("CONNECT");

        assertThatIllegalStateException().isThrownBy(() -> send("DELETE"));
    }
}
