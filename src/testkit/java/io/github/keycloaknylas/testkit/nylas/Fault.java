package io.github.keycloaknylas.testkit.nylas;

import io.github.keycloaknylas.testkit.http.Response;
import java.io.IOException;
import java.util.function.Supplier;

/** Something that goes wrong with one request; made by {@link ErrorFaults}, {@link WireFaults}, {@link GrantFaults}. */
public final class Fault {

    static final Fault NONE = new Fault("none", (id, honest, outlet) -> outlet.send(honest.get()));

    private final String name;
    private final Play play;

    Fault(String name, Play play) {
        this.name = name;
        this.play = play;
    }

    void play(String requestId, Supplier<Response> honest, Outlet outlet) throws IOException {
        play.play(requestId, honest, outlet);
    }

    @Override
    public String toString() {
        return name;
    }

    /** {@code honest} does what the request asks: a fault that never calls it leaves no trace in the grants. */
    @FunctionalInterface
    interface Play {
        void play(String requestId, Supplier<Response> honest, Outlet outlet) throws IOException;
    }
}
