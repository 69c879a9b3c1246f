package io.github.keycloaknylas.testkit.nylas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloaknylas.testkit.http.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;

/** {@code /v3/grants} and {@code /v3/grants/{id}}. */
final class GrantsResource {

    private final Behaviour behaviour;
    private final Clock clock;

    GrantsResource(Behaviour behaviour, Clock clock) {
        this.behaviour = behaviour;
        this.clock = clock;
    }

    Response list(Call call) {
        List<Grant> all = call.application().grants();
        Instant seenByFilters = clock.instant().minus(behaviour.filteredListLag);
        return call.list(
                call.query().select(all, seenByFilters).map(GrantJson::of).toList());
    }

    static Response get(Call call) {
        return found(call, call.application().store().find(id(call)).orElseThrow(GrantsResource::gone));
    }

    /** Changes Nylas' record only: neither the consent nor, as far as is documented, the status. */
    static Response patch(Call call) {
        String id = id(call);
        ObjectNode body = call.body();
        GrantStore store = call.application().store();
        Grant grant = store.find(id).orElseThrow(GrantsResource::gone);
        if (body.has("settings") && !body.get("settings").isObject()) {
            throw NylasError.payload("settings must be an object.");
        }
        if (body.has("scope") && !body.get("scope").isArray()) {
            throw NylasError.payload("scope must be a list.");
        }
        List<String> scope = body.has("scope") ? strings(body.get("scope")) : grant.scope();
        return found(call, store.rescope(id, scope).orElseThrow(GrantsResource::gone));
    }

    static Response delete(Call call) {
        call.application().store().delete(id(call)).orElseThrow(GrantsResource::gone);
        return Response.json(200, call.success());
    }

    private static Response found(Call call, Grant grant) {
        return call.data(200, GrantJson.of(grant));
    }

    private static String id(Call call) {
        return call.path().get(1);
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
