package io.github.keycloaknylas.demo;

import com.sun.net.httpserver.HttpServer;
import io.github.keycloaknylas.testkit.signin.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** A small web application whose people sign in with Keycloak; it shows what their tokens say. */
final class ExampleApp implements AutoCloseable {

    private final HttpServer server;
    private final OidcClient oidc;
    private final Visits visits = new Visits();

    private ExampleApp(HttpServer server, OidcClient oidc) {
        this.server = server;
        this.oidc = oidc;
    }

    static ExampleApp start(InetSocketAddress address, OidcClient oidc) {
        try {
            HttpServer server = HttpServer.create(address, 0);
            ExampleApp app = new ExampleApp(server, oidc);
            server.createContext("/", exchange -> app.serve(new Turn(exchange)));
            server.start();
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
        server.stop(0);
    }

    private void serve(Turn turn) throws IOException {
        try (turn) {
            Visit visit = visits.of(turn);
            switch (turn.path()) {
                case "/" -> home(turn, visit);
                case "/sign-in" -> turn.go(oidc.signIn(visit.state()));
                case "/callback" -> callback(turn, visit);
                case "/sign-out" -> signOut(turn, visit);
                default -> turn.show(404, AppPage.message("There is no such page."));
            }
        }
    }

    private void home(Turn turn, Visit visit) throws IOException {
        if (visit.isSignedIn()) {
            // A token says what was so when it was issued: only a fresh one knows a grant that was made since.
            visit.tokens(oidc.refresh(visit.tokens().orElseThrow()));
            visit.countLook();
        }
        turn.show(
                200,
                visit.tokens().map(tokens -> AppPage.of(tokens, visit.looks())).orElseGet(AppPage::signedOut));
    }

    private void callback(Turn turn, Visit visit) throws IOException {
        Map<String, String> answer = turn.query();
        if (!visit.state().equals(answer.get("state"))) {
            turn.show(400, AppPage.message("This answer does not belong to a sign-in that began here."));
        } else if (answer.containsKey("error")) {
            turn.show(200, AppPage.message("Nobody was signed in: " + answer.get("error") + "."));
        } else {
            visit.begin(oidc.redeem(answer.getOrDefault("code", "")));
            turn.go(uri());
        }
    }

    private void signOut(Turn turn, Visit visit) throws IOException {
        Optional<Tokens> tokens = visit.tokens();
        visit.begin(Optional.empty());
        turn.go(tokens.map(oidc::signOut).orElse(uri()));
    }
}
