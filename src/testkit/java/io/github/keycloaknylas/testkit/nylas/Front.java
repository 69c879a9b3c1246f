package io.github.keycloaknylas.testkit.nylas;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Takes every API request: writes it into the journal, and plays the fault that waits for it, or none. */
final class Front implements HttpHandler {

    private static final String BEARER = "Bearer ";

    private final Api api;
    private final RequestJournal journal;
    private final FaultScript faults;
    private final Behaviour behaviour;
    private final Relay relay;
    private final Clock clock;

    Front(Api api, RequestJournal journal, FaultScript faults, Behaviour behaviour, Relay relay, Clock clock) {
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
            RecordedRequest request = record(exchange);
            // Taken before the journal tells of the request: whoever waited for it may clear the faults at once.
            FaultScript.Turn turn = faults.take(request);
            journal.arrive(request);
            Outlet outlet = new Outlet(
                    exchange, request, relay, turn.hold(), status -> journal.answer(request.number(), status));
            outlet.wait(behaviour.latency);
            try {
                turn.fault().play(request.requestId(), () -> api.answer(request), outlet);
            } finally {
                journal.leave(request.number());
            }
        }
    }

    private RecordedRequest record(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, List<String>> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        List<String> authorization = headers.remove("authorization");
        String key = authorization != null && authorization.get(0).startsWith(BEARER)
                ? authorization.get(0).substring(BEARER.length())
                : "";
        return new RecordedRequest(
                journal.nextNumber(),
                clock.instant(),
                exchange.getRequestMethod(),
                exchange.getRequestURI(),
                headers,
                new Secret(key),
                new Secret(body),
                UUID.randomUUID().toString(),
                0);
    }
}
