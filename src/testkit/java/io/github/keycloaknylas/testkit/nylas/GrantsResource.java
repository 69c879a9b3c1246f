package io.github.keycloaknylas.testkit.nylas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloaknylas.testkit.http.Json;
import java.time.Clock;
import java.util.List;
import java.util.stream.StreamSupport;

/** {@code /v3/grants} and {@code /v3/grants/{id}}. */
final class GrantsResource implements Resource {

    private final Behaviour behaviour;
    private final Clock clock;

    GrantsResource(Behaviour behaviour, Clock clock) {
        this.behaviour = behaviour;
        this.clock = clock;
    }

    @Override
    public Answer answer(Call call) {
        List<String> path = call.path();
        String what = call.request().method() + path.size();
        return switch (what) {
            case "GET1" -> list(call);
            case "GET2" ->
                found(call, call.application().book().find(path.get(1)).orElseThrow(GrantsResource::gone));
            case "PATCH2" -> patch(call, path.get(1));
            case "DELETE2" -> delete(call, path.get(1));
            default -> throw NylasError.notFound("Resource");
        };
    }

    private Answer list(Call call) {
        GrantQuery query = new GrantQuery(call.query());
        List<Grant> page =
                query.page(call.application().grants(), clock.instant().minus(behaviour.filteredListLag));
        ObjectNode body = Json.object().put("request_id", call.requestId());
        body.set("data", Json.array(page.stream().map(GrantJson::of).toList()));
        return Answer.json(200, body.put("limit", query.limit()).put("offset", query.offset()));
    }

    /** Changes Nylas' record only: neither the consent nor, as far as is documented, the status. */
    private static Answer patch(Call call, String id) {
        ObjectNode body = call.body();
        GrantBook book = call.application().book();
        Grant grant = book.find(id).orElseThrow(GrantsResource::gone);
        if (body.has("settings") && !body.get("settings").isObject()) {
            throw NylasError.payload("settings must be an object.");
        }
        if (body.has("scope") && !body.get("scope").isArray()) {
            throw NylasError.payload("scope must be a list.");
        }
        List<String> scope = body.has("scope") ? strings(body.get("scope")) : grant.scope();
        return found(call, book.rescope(id, scope).orElseThrow(GrantsResource::gone));
    }

    private static Answer delete(Call call, String id) {
        call.application().book().delete(id).orElseThrow(GrantsResource::gone);
        return Answer.json(200, Json.object().put("request_id", call.requestId()));
    }

    private static Answer found(Call call, Grant grant) {
        return Answer.data(200, call.requestId(), GrantJson.of(grant));
    }

    private static NylasError gone() {
        return NylasError.of(404, "grant.not_found", "No Grant found");
    }

    private static List<String> strings(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
