package io.github.keycloaknylas.testkit.nylas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloaknylas.testkit.http.Response;
import io.github.keycloaknylas.testkit.nylas.GrantStore.Origin;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * {@code POST /v3/connect/custom}, Bring Your
 * Own Authentication (https://developer.nylas.com/docs/reference/api/manage-grants/byo_auth/).
 */
final class ConnectResource {

    private final Map<String, TokenExchange> exchanges;
    private final Behaviour behaviour;
    private final Clock clock;

    ConnectResource(Map<String, TokenExchange> exchanges, Behaviour behaviour, Clock clock) {
        this.exchanges = exchanges;
        this.behaviour = behaviour;
        this.clock = clock;
    }

    Response authenticate(Call call) {
        ObjectNode body = call.body();
        JsonNode settings = settings(body);
        Connector connector = connector(call, Call.text(body, "provider"));
        Credential credential = credential(call, connector, Call.text(settings, "credential_id"));
        TokenExchange exchange = exchanges.get(connector.provider());
        Mailbox mailbox = mailbox(exchange.exchange(new ExchangeRequest(
                credential.client(), connector.tenant(), refreshToken(settings), scope(body, connector))));
        Origin origin = new Origin(
                connector.provider(),
                credential.id(),
                Call.text(body, "state"),
                call.request().header("user-agent").orElse(null));
        GrantStore store = call.application().store();
        store.find(mailbox, connector.provider()).ifPresent(behaviour::requireServed);
        Grant grant = store.authenticate(mailbox, origin, clock.instant());
        int status = grant.authentications() == 1 ? 201 : behaviour.reauthenticationStatus;
        return call.data(status, GrantJson.of(grant));
    }

    private static JsonNode settings(ObjectNode body) {
        if (Call.text(body, "provider") == null) {
            throw NylasError.of(400, "grant.provider_required", "Provider is required.");
        }
        // Nylas might just ignore it there (the Java SDK sends it so); refusing it reveals the mistake.
        if (body.has("credential_id")) {
            throw NylasError.payload("credential_id belongs in settings.");
        }
        if (body.get("settings") instanceof ObjectNode settings) {
            return settings;
        }
        throw NylasError.payload("settings is required and must be an object.");
    }

    private Connector connector(Call call, String provider) {
        return call.application()
                .connectors()
                .find(provider)
                .orElseThrow(() -> NylasError.of(
                        behaviour.missingConnectorStatus,
                        behaviour.missingConnectorStatus == 404 ? "api.not_found_error" : "api.invalid_request_error",
                        "No connector for this provider."));
    }

    private static Credential credential(Call call, Connector connector, String wanted) {
        String id = wanted == null ? connector.activeCredentialId() : wanted;
        return call.application().connectors().credentials().stream()
                .filter(credential -> credential.id().equals(id))
                .findFirst()
                .orElseThrow(() -> NylasError.of(400, "api.invalid_request_error", "Unknown credential_id."));
    }

    private static Secret refreshToken(JsonNode settings) {
        String token = Call.text(settings, "refresh_token");
        if (token == null || token.isBlank()) {
            throw NylasError.payload("settings.refresh_token is required.");
        }
        return new Secret(token);
    }

    private static List<String> scope(ObjectNode body, Connector connector) {
        return body.path("scope").isArray()
                ? StreamSupport.stream(body.path("scope").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList()
                : connector.scope();
    }

    private Mailbox mailbox(ExchangeResult result) {
        if (result instanceof Mailbox mailbox) {
            return mailbox;
        }
        if (result instanceof ExchangeResult.Refused refused) {
            throw behaviour.refreshTokenInvalidIs401 && refused.error().equals("invalid_grant")
                    ? NylasError.refreshTokenInvalid()
                    : NylasError.refusedByProvider(refused.error(), refused.errorDescription());
        }
        if (result instanceof ExchangeResult.Throttled throttled) {
            throw NylasError.tooManyRequests(throttled.retryAfter());
        }
        throw NylasError.of(504, "api.provider_error", "Provider request timed out.");
    }
}
