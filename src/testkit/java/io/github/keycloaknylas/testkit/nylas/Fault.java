package io.github.keycloaknylas.testkit.nylas;

import io.github.keycloaknylas.testkit.http.Response;
import java.io.IOException;
import java.util.function.Supplier;

/** A fault in the handling of one request, created by {@link ErrorFaults}, {@link WireFaults}, {@link GrantFaults}. */
public final class Fault {

    static final Fault NONE = new Fault("none", (id, honest, writer) -> writer.send(honest.get()));

    private final String name;
    private final Effect effect;

    Fault(String name, Effect effect) {
        this.name = name;
        this.effect = effect;
    }

    void apply(String requestId, Supplier<Response> honest, ResponseWriter writer) throws IOException {
        effect.apply(requestId, honest, writer);
    }

    @Override
    public String toString() {
        return name;
    }

    /** {@code honest} does what the request asks: a fault that never calls it leaves no trace in the grants. */
    @FunctionalInterface
    interface Effect {
        void apply(String requestId, Supplier<Response> honest, ResponseWriter writer) throws IOException;
    }
}
