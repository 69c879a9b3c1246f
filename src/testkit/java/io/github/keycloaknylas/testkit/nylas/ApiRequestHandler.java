package io.github.keycloaknylas.testkit.nylas;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.keycloaknylas.testkit.http.Request;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Handles every API request: records it in the journal and applies the fault that is due, if any. */
final class ApiRequestHandler implements HttpHandler {

    private static final String BEARER = "Bearer ";

    private final Api api;
    private final RequestJournal journal;
    private final FaultScript faults;
    private final Behaviour behaviour;
    private final Relay relay;
    private final Clock clock;

    ApiRequestHandler(
            Api api, RequestJournal journal, FaultScript faults, Behaviour behaviour, Relay relay, Clock clock) {
        this.api = api;
        this.journal = journal;
        this.faults = faults;
        this.behaviour = behaviour;
        this.relay = relay;
        this.clock = clock;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request received = Request.read(exchange);
            RecordedRequest request = record(received);
            // Taken before the journal shows the request: a test that waited for it may clear the faults at once.
            FaultScript.Turn turn = faults.take(request);
            journal.arrive(request);
            ResponseWriter writer = new ResponseWriter(
                    exchange, request, relay, turn.hold(), status -> journal.answer(request.number(), status));
            writer.wait(behaviour.latency);
            try {
                turn.fault().apply(request.requestId(), () -> api.answer(received, request), writer);
            } finally {
                journal.leave(request.number());
            }
        }
    }

    private RecordedRequest record(Request request) {
        Map<String, List<String>> headers = new TreeMap<>(request.headers());
        headers.remove("authorization");
        String key = request.header("authorization")
                .filter(value -> value.startsWith(BEARER))
                .map(value -> value.substring(BEARER.length()))
                .orElse("");
        return new RecordedRequest(
                journal.nextNumber(),
                clock.instant(),
                request.method(),
                request.uri(),
                headers,
                new Secret(key),
                new Secret(request.body()),
                UUID.randomUUID().toString(),
                0);
    }
}
