package io.github.keycloaknylas.testkit.nylas;

import io.github.keycloaknylas.testkit.http.Json;
import io.github.keycloaknylas.testkit.http.Response;
import java.time.Duration;

/** Faults of the connection. What they hold open ends with {@link FaultScript#clear()} or on closing. */
public final class WireFaults {

    private WireFaults() {}

    /** {@return the request is done, but only half of the announced body follows} */
    public static Fault cutOff() {
        return new Fault("cut off", (id, honest, writer) -> writer.cutOff(honest.get()));
    }

    /**
     * 200 and a body that comes byte by byte and never ends; the request is not done.
     *
     * @param interval between two bytes
     * @return the fault
     */
    public static Fault dripping(Duration interval) {
        Response head = Response.json(200, Json.object());
        return new Fault("dripping", (id, honest, writer) -> writer.drip(head, interval));
    }

    /** {@return a TCP reset before the request is done} */
    public static Fault connectionReset() {
        return new Fault("connection reset", (id, honest, writer) -> writer.reset());
    }

    /** {@return a TCP reset after the request was done: the answer, with the grant id in it, is lost} */
    public static Fault lostAnswer() {
        return new Fault("lost answer", (id, honest, writer) -> {
            honest.get();
            writer.reset();
        });
    }

    /** {@return never an answer; the request is not done} */
    public static Fault blackHole() {
        return new Fault("black hole", (id, honest, writer) -> writer.silence());
    }

    /**
     * The right answer, late.
     *
     * @param delay how late; the request is done before the delay
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
