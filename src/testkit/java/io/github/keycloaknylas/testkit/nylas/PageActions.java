package io.github.keycloaknylas.testkit.nylas;

import static io.github.keycloaknylas.testkit.http.HtmlTemplate.escape;
import static java.util.stream.Collectors.joining;

import io.github.keycloaknylas.testkit.http.Request;
import io.github.keycloaknylas.testkit.http.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;

/** The buttons of the page: each is a form to {@code /grants/{id}/{action}}, and returns to the page. */
final class PageActions {

    private static final List<String> LABELS = List.of("Expire", "Re-authenticate", "Delete");

    private final Map<String, Consumer<String>> actions = new LinkedHashMap<>();

    PageActions(GrantLifecycle lifecycle) {
        actions.put("expire", lifecycle::expire);
        actions.put("re-authenticate", lifecycle::reauthenticate);
        actions.put("delete", lifecycle::delete);
    }

    /** The buttons of a grant; {@code query} is that of the page, so that the way back leads to the same view. */
    static String buttons(Grant grant, String query) {
        String mailbox = escape(grant.email() == null ? grant.id() : grant.email());
        return LABELS.stream()
                .map(label -> "<button formaction=\"/grants/%s/%s%s\" aria-label=\"%s the grant of %s\">%s</button>"
                        .formatted(escape(grant.id()), label.toLowerCase(Locale.ROOT), query, label, mailbox, label))
                .collect(joining(" ", "<form method=\"post\">", "</form>"));
    }

    Optional<Response> handle(Request request) {
        List<String> path = request.segments();
        if (!request.method().equals("POST") || path.size() != 3 || !path.get(0).equals("grants")) {
            return Optional.empty();
        }
        return Optional.ofNullable(actions.get(path.get(2))).map(action -> {
            try {
                action.accept(path.get(1));
            } catch (NoSuchElementException e) {
                // The grant was deleted after the page had been loaded; the page then shows that.
            }
            String query = request.uri().getRawQuery();
            return Response.redirect(query == null ? "/" : "/?" + query);
        });
    }
}
