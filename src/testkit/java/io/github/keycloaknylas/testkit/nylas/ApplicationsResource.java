package io.github.keycloaknylas.testkit.nylas;

import io.github.keycloaknylas.testkit.http.Json;
import java.util.List;

/** {@code GET /v3/applications}: the application of the API key. */
final class ApplicationsResource implements Resource {

    @Override
    public Answer answer(Call call) {
        if (!call.request().method().equals("GET") || !call.path().equals(List.of("applications"))) {
            throw NylasError.notFound("Resource");
        }
        NylasApplication application = call.application();
        return Answer.data(
                200,
                call.requestId(),
                Json.object()
                        .put("application_id", application.id())
                        .put("organization_id", "played-organization")
                        .put("region", application.region())
                        .put("environment", application.environment()));
    }
}
