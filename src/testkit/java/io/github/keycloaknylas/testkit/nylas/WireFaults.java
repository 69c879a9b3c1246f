package io.github.keycloaknylas.testkit.nylas;

import io.github.keycloaknylas.testkit.http.Json;
import io.github.keycloaknylas.testkit.http.Response;
import java.time.Duration;

/** Faults of the connection. Connections that they hold open end with {@link FaultScript#clear()} or on closing. */
public final class WireFaults {

    private WireFaults() {}

    /** {@return the request is processed, but only half of the announced body follows} */
    public static Fault cutOff() {
        return new Fault("cut off", (id, honest, writer) -> writer.cutOff(honest.get()));
    }

    /**
     * 200 and a body that arrives byte by byte and never ends; the request is not processed.
     *
     * @param interval between two bytes
     * @return the fault
     */
    public static Fault dripping(Duration interval) {
        Response head = Response.json(200, Json.object());
        return new Fault("dripping", (id, honest, writer) -> writer.drip(head, interval));
    }

    /** {@return a TCP reset before the request is processed} */
    public static Fault connectionReset() {
        return new Fault("connection reset", (id, honest, writer) -> writer.reset());
    }

    /** {@return a TCP reset after the request was processed: the response with the grant ID is lost} */
    public static Fault lostAnswer() {
        return new Fault("lost answer", (id, honest, writer) -> {
            honest.get();
            writer.reset();
        });
    }

    /** {@return no response at all; the request is not processed} */
    public static Fault blackHole() {
        return new Fault("black hole", (id, honest, writer) -> writer.silence());
    }

    /**
     * The correct response, late.
     *
     * @param delay length of the delay, after the request was processed
     * @return the fault
     */
    public static Fault late(Duration delay) {
        return new Fault("late", (id, honest, writer) -> {
            Response response = honest.get();
            writer.wait(delay);
            writer.send(response);
        });
    }
}
