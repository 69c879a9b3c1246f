package io.github.keycloaknylas.demo;

import io.github.keycloaknylas.testkit.http.Request;
import io.github.keycloaknylas.testkit.http.Response;
import io.github.keycloaknylas.testkit.http.WebServer;
import io.github.keycloaknylas.testkit.signin.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** A small web application whose people sign in with Keycloak; it shows what their tokens say. */
final class ExampleApp implements AutoCloseable {

    private final WebServer server;
    private final OidcClient oidc;
    private final Visits visits = new Visits();

    private ExampleApp(WebServer server, OidcClient oidc) {
        this.server = server;
        this.oidc = oidc;
    }

    static ExampleApp start(InetSocketAddress address, OidcClient oidc) {
        try {
            WebServer server = WebServer.plain("example-app", address);
            ExampleApp app = new ExampleApp(server, oidc);
            server.start(app::answer);
            return app;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI uri() {
        return oidc.redirect().resolve("/");
    }

    @Override
    public void close() {
        server.close();
    }

    private synchronized Response answer(Request request) {
        Visit visit = visits.of(request);
        Response response = switch (request.path()) {
            case "/" -> home(visit);
            case "/sign-in" -> redirect(oidc.signIn(visit.state()));
            case "/callback" -> callback(request.query().values(), visit);
            case "/sign-out" -> signOut(visit);
            default -> Response.html(404, AppPage.message("There is no such page."));
        };
        return visits.remember(visit, response);
    }

    private Response home(Visit visit) {
        if (visit.isSignedIn()) {
            // A token says what was so when it was issued: only a fresh one knows a grant that was made since.
            visit.tokens(oidc.refresh(visit.tokens().orElseThrow()));
            visit.countLook();
        }
        return Response.html(
                200,
                visit.tokens().map(tokens -> AppPage.of(tokens, visit.looks())).orElseGet(AppPage::signedOut));
    }

    private Response callback(Map<String, String> answer, Visit visit) {
        if (!visit.state().equals(answer.get("state"))) {
            return Response.html(400, AppPage.message("This answer does not belong to a sign-in that began here."));
        }
        if (answer.containsKey("error")) {
            return Response.html(200, AppPage.message("Nobody was signed in: " + answer.get("error") + "."));
        }
        visit.begin(oidc.redeem(answer.getOrDefault("code", "")));
        return redirect(uri());
    }

    private Response signOut(Visit visit) {
        Optional<Tokens> tokens = visit.tokens();
        visit.begin(Optional.empty());
        return redirect(tokens.map(oidc::signOut).orElse(uri()));
    }

    private static Response redirect(URI where) {
        return Response.redirect(where.toString());
    }
}
