package io.github.keycloaknylas.testkit.nylas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloaknylas.testkit.http.Json;
import io.github.keycloaknylas.testkit.http.Response;

/** Refusals that repeat what was sent, including secrets, which a client could then log or store. */
public final class EchoFaults {

    private EchoFaults() {}

    /** {@return 400 with Microsoft's {@code invalid_grant}, which names the refresh token in every text} */
    public static Fault invalidGrant() {
        return new Fault("400 with the token", (id, honest, writer) -> {
            String token = writer.request().refreshToken().map(Secret::value).orElse("");
            writer.send(error(400, token, "invalid_grant", "AADSTS70000: The token " + token + " is not valid."));
        });
    }

    /** {@return 401 that names the API key} */
    public static Fault unauthorized() {
        return new Fault("401 with the key", (id, honest, writer) -> {
            String key = writer.request().apiKey().value();
            writer.send(error(401, "Bearer " + key, null, null)
                    .with("WWW-Authenticate", "Bearer error_description=\"" + key + "\""));
        });
    }

    /** {@return 500 with a gateway's page that shows the request, as debug pages do} */
    public static Fault page() {
        return new Fault("500 with the request", (id, honest, writer) -> {
            RecordedRequest request = writer.request();
            writer.send(Response.html(
                            500,
                            "<html><body><pre>%s %s\nAuthorization: Bearer %s\n\n%s</pre></body></html>"
                                    .formatted(
                                            request.method(),
                                            request.path(),
                                            request.apiKey().value(),
                                            request.body().value()))
                    .with("X-Request-Id", request.body().value()));
        });
    }

    private static Response error(int status, String echo, String providerError, String description) {
        ObjectNode error = Json.object().put("type", echo).put("message", "Refused: " + echo);
        if (providerError != null) {
            error.set(
                    "provider_error", Json.object().put("error", providerError).put("error_description", description));
        }
        return Response.json(status, Json.object().put("request_id", echo).set("error", error))
                .with("X-Request-Id", echo);
    }
}
