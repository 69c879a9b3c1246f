package io.github.keycloaknylas.testkit.microsoft;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.keycloaknylas.testkit.http.Parameters;
import io.github.keycloaknylas.testkit.http.Request;
import java.net.URLDecoder;
import java.util.Base64;
import java.util.Optional;

/** Determines which app calls, from a basic header or else from parameters of the body. */
final class ClientAuthentication {

    private record Credentials(String clientId, Optional<String> secret) {}

    private final Apps apps;

    ClientAuthentication(Apps apps) {
        this.apps = apps;
    }

    App authenticate(Request request) {
        Credentials given = request.authorization("Basic")
                .map(ClientAuthentication::fromHeader)
                .orElseGet(() -> fromBody(request.form()));
        App app = apps.named(given.clientId());
        String secret = given.secret().orElseThrow(Aadsts.NO_SECRET::refusal);
        if (!app.clientSecret().equals(secret)) {
            throw Aadsts.WRONG_SECRET.refusal(app.clientId());
        }
        return app;
    }

    private static Credentials fromBody(Parameters body) {
        return new Credentials(Aadsts.required(body, "client_id"), body.find("client_secret"));
    }

    private static Credentials fromHeader(String encoded) {
        String[] parts = new String(Base64.getDecoder().decode(encoded), UTF_8).split(":", 2);
        return new Credentials(
                URLDecoder.decode(parts[0], UTF_8),
                parts.length == 2 ? Optional.of(URLDecoder.decode(parts[1], UTF_8)) : Optional.empty());
    }
}
