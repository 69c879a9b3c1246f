package io.github.keycloaknylas.testkit.nylas;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.List;

/** The page for people at {@code /}; it is neither journalled nor subject to faults. */
final class PageHandler implements HttpHandler {

    private final String region;
    private final List<NylasApplication> applications;
    private final RequestJournal journal;

    PageHandler(String region, List<NylasApplication> applications, RequestJournal journal) {
        this.region = region;
        this.applications = applications;
        this.journal = journal;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answer(exchange).with("Cache-Control", "no-store");
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            exchange.sendResponseHeaders(answer.status(), answer.body().length);
            exchange.getResponseBody().write(answer.body());
        }
    }

    private Answer answer(HttpExchange exchange) {
        if (!exchange.getRequestMethod().equals("GET")
                || !exchange.getRequestURI().getPath().equals("/")) {
            return Answer.html(404, "<!doctype html><title>Not found</title><p>Played Nylas has no such page.</p>");
        }
        boolean refresh = !"refresh=off".equals(exchange.getRequestURI().getQuery());
        return Answer.html(200, new Page(region, refresh).render(applications, journal.all()));
    }
}
