package io.github.keycloaknylas.testkit.nylas;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Shows grants and recent requests; never a key, a token or a body. */
final class Page {

    private static final int RECENT = 50;

    private static final String HEAD = """
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>Played Nylas</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">%s
            <style>
            :root { color-scheme: light dark }
            body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 76rem; padding: 0 1rem 3rem }
            header { border: 2px dashed; margin: 1rem 0; padding: .25rem 1rem }
            .table { overflow-x: auto }
            table { border-collapse: collapse; width: 100%%; margin: 1rem 0 }
            caption { font-weight: 600; text-align: start }
            th, td { border-bottom: 1px solid; padding: .3rem .6rem .3rem 0; text-align: start; vertical-align: top }
            code, time { font-family: ui-monospace, monospace; font-size: .875rem; white-space: nowrap }
            </style></head><body>
            <header><h1>Played Nylas</h1>
            <p>A stand-in for tests and demonstrations, region <code>%s</code>. This is not Nylas, and nothing here
            reaches a real mailbox.</p><p>%s</p></header><main>
            """;

    private final String region;
    private final boolean refresh;
    private final StringBuilder html = new StringBuilder();

    Page(String region, boolean refresh) {
        this.region = region;
        this.refresh = refresh;
    }

    String render(List<NylasApplication> applications, List<RecordedRequest> requests) {
        html.append(HEAD.formatted(
                refresh ? "<meta http-equiv=\"refresh\" content=\"5\">" : "",
                escape(region),
                refresh
                        ? "Reloads every 5 seconds. <a href=\"/?refresh=off\">Stop reloading</a>"
                        : "Reloading is off. <a href=\"/\">Reload every 5 seconds</a>"));
        html.append("<h2>Grants</h2>");
        if (applications.isEmpty()) {
            html.append("<p>No application yet.</p>");
        }
        applications.forEach(this::application);
        html.append("<h2>Requests</h2>");
        requests(requests);
        return html.append("</main></body></html>").toString();
    }

    private void application(NylasApplication application) {
        table(
                "Application " + application.id() + " (" + application.region() + ", " + application.environment()
                        + ")",
                "No grant yet.",
                List.of("Grant", "Mailbox", "Status", "Scopes", "Created", "Updated", "Authentications"),
                application.grants().stream()
                        .map(grant -> List.of(
                                code(grant.id()),
                                escape(grant.email() == null ? "not disclosed" : grant.email()),
                                grant.status(),
                                escape(String.join(" ", grant.scope())),
                                time(grant.createdAt()),
                                time(grant.updatedAt()),
                                String.valueOf(grant.authentications())))
                        .toList());
    }

    private void requests(List<RecordedRequest> requests) {
        List<RecordedRequest> recent =
                new ArrayList<>(requests.subList(Math.max(0, requests.size() - RECENT), requests.size()));
        Collections.reverse(recent);
        table(
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

    private void table(String caption, String none, List<String> heads, List<List<String>> rows) {
        html.append("<div class=\"table\"><table><caption>")
                .append(escape(caption))
                .append("</caption><thead><tr>");
        heads.forEach(head -> html.append("<th scope=\"col\">").append(head).append("</th>"));
        html.append("</tr></thead><tbody>");
        if (rows.isEmpty()) {
            html.append("<tr><td colspan=\"%d\">%s</td></tr>".formatted(heads.size(), none));
        }
        for (List<String> row : rows) {
            html.append("<tr>");
            row.forEach(cell -> html.append("<td>").append(cell).append("</td>"));
            html.append("</tr>");
        }
        html.append("</tbody></table></div>");
    }

    private static String time(Instant instant) {
        String text = instant.truncatedTo(ChronoUnit.SECONDS).toString();
        return "<time datetime=\"" + text + "\">" + text.replace("T", " ") + "</time>";
    }

    private static String code(String text) {
        return "<code>" + escape(text) + "</code>";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
