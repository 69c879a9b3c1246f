package io.github.keycloaknylas.testkit.nylas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloaknylas.testkit.http.Json;
import io.github.keycloaknylas.testkit.http.Response;
import java.util.List;

/** {@code /v3/connectors}, read-only; returns no secret, and nothing about a credential's client. */
final class ConnectorsResource {

    private ConnectorsResource() {}

    static Response list(Call call) {
        return call.page(call.application().connectors().all().stream(), ConnectorsResource::json);
    }

    static Response get(Call call) {
        return call.data(200, json(connector(call)));
    }

    static Response credentials(Call call) {
        return call.page(credentialsOf(call).stream(), json -> json);
    }

    static Response credential(Call call) {
        return credentialsOf(call).stream()
                .filter(credential ->
                        credential.path("id").asText().equals(call.path().get(3)))
                .findFirst()
                .map(credential -> call.data(200, credential))
                .orElseThrow(() -> NylasError.notFound("Credential"));
    }

    private static Connector connector(Call call) {
        return call.application()
                .connectors()
                .find(call.path().get(1))
                .orElseThrow(() -> NylasError.notFound("Connector"));
    }

    private static List<ObjectNode> credentialsOf(Call call) {
        connector(call);
        return call.application().connectors().credentials().stream()
                .map(credential -> Json.object()
                        .put("id", credential.id())
                        .put("name", credential.name())
                        .put("created_at", credential.createdAt().getEpochSecond())
                        .put("updated_at", credential.createdAt().getEpochSecond()))
                .toList();
    }

    private static ObjectNode json(Connector connector) {
        ObjectNode json = Json.object()
                .put("name", connector.provider())
                .put("provider", connector.provider())
                .put("active_credential_id", connector.activeCredentialId());
        json.putObject("settings")
                .put("client_id", connector.client().clientId())
                .put("tenant", connector.tenant());
        json.set("scope", Json.strings(connector.scope()));
        return json;
    }
}
