package io.github.keycloaknylas.testkit.nylas;

import com.sun.net.httpserver.HttpExchange;
import io.github.keycloaknylas.testkit.http.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.IntConsumer;

/** Writes a response of the fake Nylas, in one of several ways, including broken ones. */
final class ResponseWriter {

    private static final int ENDLESS = 0;

    private final HttpExchange exchange;
    private final RecordedRequest request;
    private final Relay relay;
    private final DelayedAnswers.Hold hold;
    private final IntConsumer answered;

    ResponseWriter(
            HttpExchange exchange,
            RecordedRequest request,
            Relay relay,
            DelayedAnswers.Hold hold,
            IntConsumer answered) {
        this.exchange = exchange;
        this.request = request;
        this.relay = relay;
        this.hold = hold;
        this.answered = answered;
    }

    /** What is being answered, secrets included. */
    RecordedRequest request() {
        return request;
    }

    void send(Response response) throws IOException {
        answered.accept(response.status());
        response.send(exchange);
    }

    void cutOff(Response response) throws IOException {
        byte[] body = response.bytes();
        begin(response, Math.max(body.length, 2));
        OutputStream out = exchange.getResponseBody();
        out.write(Arrays.copyOf(body, body.length / 2));
        out.flush();
    }

    /** JSON may begin with blanks: a reader without a deadline of its own waits forever. */
    void drip(Response head, Duration interval) throws IOException {
        begin(head, ENDLESS);
        OutputStream out = exchange.getResponseBody();
        do {
            out.write(' ');
            out.flush();
        } while (hold.stay(interval));
        relay.reset(exchange.getRemoteAddress().getPort());
    }

    void reset() throws IOException {
        relay.reset(exchange.getRemoteAddress().getPort());
    }

    void silence() {
        hold.stay(Duration.ofDays(1));
    }

    boolean wait(Duration time) {
        return hold.stay(time);
    }

    private void begin(Response response, long length) throws IOException {
        answered.accept(response.status());
        response.begin(exchange, length);
    }
}
