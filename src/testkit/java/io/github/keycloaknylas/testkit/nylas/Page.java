package io.github.keycloaknylas.testkit.nylas;

import static io.github.keycloaknylas.testkit.http.HtmlTemplate.escape;
import static java.util.stream.Collectors.joining;

import io.github.keycloaknylas.testkit.http.Handler;
import io.github.keycloaknylas.testkit.http.HtmlTemplate;
import io.github.keycloaknylas.testkit.http.Request;
import io.github.keycloaknylas.testkit.http.Response;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Shows grants, with buttons to change them, and recent requests, but never a key, a token or a body. */
record Page(String region, List<NylasApplication> applications, RequestJournal journal, GrantLifecycle lifecycle)
        implements Handler {

    private static final int RECENT = 50;
    private static final HtmlTemplate PAGE = HtmlTemplate.resource(Page.class, "page.html");
    private static final HtmlTemplate TABLE = new HtmlTemplate("""
            <div class="table"><table><caption>{{caption}}</caption><thead><tr>{{{heads}}}</tr></thead>
            <tbody>{{{rows}}}</tbody></table></div>""");

    @Override
    public Response handle(Request request) {
        return new PageActions(lifecycle).handle(request).orElseGet(() -> show(request));
    }

    private Response show(Request request) {
        if (!request.method().equals("GET") || !request.path().equals("/")) {
            return Response.html(404, "<!doctype html><title>Not found</title><p>The fake Nylas has no such page.</p>");
        }
        boolean refresh = !"refresh=off".equals(request.uri().getQuery());
        return Response.html(
                200,
                PAGE.fill(Map.of(
                        "region", region,
                        "refresh", refresh ? "<meta http-equiv=\"refresh\" content=\"5\">" : "",
                        "reloading",
                                refresh
                                        ? "Reloads every 5 seconds. <a href=\"/?refresh=off\">Stop reloading</a>"
                                        : "Reloading is off. <a href=\"/\">Reload every 5 seconds</a>",
                        "grants",
                                applications.isEmpty()
                                        ? "<p>No application yet.</p>"
                                        : applications.stream()
                                                .map(application -> grants(application, refresh))
                                                .collect(joining()),
                        "requests", requests())));
    }

    private static String grants(NylasApplication application, boolean refresh) {
        return table(
                "Application " + application.id() + " (" + application.region() + ", " + application.environment()
                        + ")",
                "No grant yet.",
                List.of("Grant", "Mailbox", "Status", "Actions", "Scopes", "Created", "Updated", "Authentications"),
                application.grants().stream()
                        .map(grant -> List.of(
                                code(grant.id()),
                                escape(grant.email() == null ? "not disclosed" : grant.email()),
                                grant.status() + (grant.blocked() ? ", blocked" : ""),
                                PageActions.buttons(grant, refresh ? "" : "?refresh=off"),
                                escape(String.join(" ", grant.scope())),
                                time(grant.createdAt()),
                                time(grant.updatedAt()),
                                String.valueOf(grant.authentications())))
                        .toList());
    }

    private String requests() {
        List<RecordedRequest> all = journal.all();
        List<RecordedRequest> recent = new ArrayList<>(all.subList(Math.max(0, all.size() - RECENT), all.size()));
        Collections.reverse(recent);
        return table(
                "The last " + RECENT + ", newest first",
                "No request yet.",
                List.of("Time", "Method", "Path", "Status", "Request id"),
                recent.stream()
                        .map(request -> List.of(
                                time(request.arrivedAt()),
                                escape(request.method()),
                                code(request.path()),
                                request.status() == 0 ? "no answer" : String.valueOf(request.status()),
                                code(request.requestId())))
                        .toList());
    }

    private static String table(String caption, String none, List<String> heads, List<List<String>> rows) {
        return TABLE.fill(Map.of(
                "caption",
                caption,
                "heads",
                heads.stream()
                        .map(head -> "<th scope=\"col\">" + head + "</th>")
                        .collect(joining()),
                "rows",
                rows.isEmpty()
                        ? "<tr><td colspan=\"%d\">%s</td></tr>".formatted(heads.size(), none)
                        : rows.stream().map(Page::row).collect(joining())));
    }

    private static String row(List<String> cells) {
        return cells.stream().map(cell -> "<td>" + cell + "</td>").collect(joining("", "<tr>", "</tr>"));
    }

    private static String time(Instant instant) {
        String text = instant.truncatedTo(ChronoUnit.SECONDS).toString();
        return "<time datetime=\"" + text + "\"><span>" + text.replace("T", "</span> <span>") + "</span></time>";
    }

    private static String code(String text) {
        return "<code>" + escape(text) + "</code>";
    }
}
