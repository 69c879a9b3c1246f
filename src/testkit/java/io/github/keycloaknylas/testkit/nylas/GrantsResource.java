package io.github.keycloaknylas.testkit.nylas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.keycloaknylas.testkit.http.Response;
import io.github.keycloaknylas.testkit.nylas.GrantEvent.Kind;
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
        GrantQuery query = call.query();
        List<Grant> all = call.application().store().sorted(query.order());
        Instant seenByFilters = clock.instant().minus(behaviour.filteredListLag);
        return call.page(query.select(all, seenByFilters), GrantJson::of);
    }

    Response get(Call call) {
        return found(call, served(call));
    }

    /** Changes Nylas' record only: neither the consent nor, as far as is documented, the status. */
    Response patch(Call call) {
        ObjectNode body = call.body();
        Grant grant = served(call);
        if (body.has("settings") && !body.get("settings").isObject()) {
            throw NylasError.payload("settings must be an object.");
        }
        if (body.has("scope") && !body.get("scope").isArray()) {
            throw NylasError.payload("scope must be a list.");
        }
        List<String> scope = body.has("scope") ? strings(body.get("scope")) : grant.scope();
        return found(
                call,
                call.application()
                        .store()
                        .change(id(call), Kind.UPDATED, edit -> edit.scope = scope)
                        .orElseThrow(GrantsResource::gone));
    }

    Response delete(Call call) {
        served(call);
        call.application().store().delete(id(call)).orElseThrow(GrantsResource::gone);
        return Response.json(200, call.success());
    }

    private Grant served(Call call) {
        Grant grant = call.application().store().find(id(call)).orElseThrow(GrantsResource::gone);
        behaviour.requireServed(grant);
        return grant;
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
