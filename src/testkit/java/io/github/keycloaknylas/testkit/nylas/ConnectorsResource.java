package io.github.keycloaknylas.testkit.nylas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloaknylas.testkit.http.Json;
import java.util.List;

/** {@code /v3/connectors}, read only: no secret ever leaves, nor anything of a credential's client. */
final class ConnectorsResource implements Resource {

    @Override
    public Answer answer(Call call) {
        List<String> path = call.path();
        if (!call.request().method().equals("GET") || path.size() > 4) {
            throw NylasError.notFound("Resource");
        }
        if (path.size() == 1) {
            return list(
                    call,
                    call.application().connector().map(ConnectorsResource::json).stream()
                            .toList());
        }
        Connector connector = call.application()
                .connector()
                .filter(found -> path.get(1).equals("microsoft"))
                .orElseThrow(() -> NylasError.notFound("Connector"));
        if (path.size() == 2) {
            return Answer.data(200, call.requestId(), json(connector));
        }
        if (!path.get(2).equals("creds")) {
            throw NylasError.notFound("Resource");
        }
        return path.size() == 3 ? list(call, credentials(call)) : credential(call, path.get(3));
    }

    private static Answer credential(Call call, String id) {
        return credentials(call).stream()
                .filter(credential -> credential.path("id").asText().equals(id))
                .findFirst()
                .map(credential -> Answer.data(200, call.requestId(), credential))
                .orElseThrow(() -> NylasError.notFound("Credential"));
    }

    private static List<ObjectNode> credentials(Call call) {
        return call.application().credentials().stream()
                .map(credential -> Json.object()
                        .put("id", credential.id())
                        .put("name", credential.name())
                        .put("created_at", credential.createdAt().getEpochSecond())
                        .put("updated_at", credential.createdAt().getEpochSecond()))
                .toList();
    }

    private static Answer list(Call call, List<ObjectNode> all) {
        GrantQuery paging = new GrantQuery(call.query());
        ObjectNode body = Json.object().put("request_id", call.requestId());
        body.set(
                "data",
                Json.array(
                        all.stream().skip(paging.offset()).limit(paging.limit()).toList()));
        return Answer.json(200, body.put("limit", paging.limit()).put("offset", paging.offset()));
    }

    private static ObjectNode json(Connector connector) {
        ObjectNode json = Json.object()
                .put("name", "microsoft")
                .put("provider", "microsoft")
                .put("active_credential_id", connector.activeCredentialId());
        json.putObject("settings")
                .put("client_id", connector.client().clientId())
                .put("tenant", connector.tenant());
        json.set("scope", Json.strings(connector.scope()));
        return json;
    }
}
