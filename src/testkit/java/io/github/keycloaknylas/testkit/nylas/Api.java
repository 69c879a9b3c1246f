package io.github.keycloaknylas.testkit.nylas;

import io.github.keycloaknylas.testkit.nylas.NylasApplication.Standing;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;

/** The API's entrance: whose key, allowed at all, how often, and on to the resource. */
final class Api {

    private final String region;
    private final Collection<NylasApplication> applications;
    private final Behaviour behaviour;
    private final Clock clock;
    private final RateLimiter limiter = new RateLimiter();
    private final Map<String, Resource> resources;

    Api(
            String region,
            Collection<NylasApplication> applications,
            TokenExchange exchange,
            Behaviour behaviour,
            Clock clock) {
        this.region = region;
        this.applications = applications;
        this.behaviour = behaviour;
        this.clock = clock;
        this.resources = Map.of(
                "connect", new ConnectResource(exchange, behaviour, clock),
                "grants", new GrantsResource(behaviour, clock),
                "connectors", new ConnectorsResource(),
                "applications", new ApplicationsResource());
    }

    Answer answer(RecordedRequest request) {
        try {
            Call call = new Call(request, application(request));
            return resource(call).answer(call).with("X-Request-Id", request.requestId());
        } catch (NylasError e) {
            return e.answer(ErrorShape.STANDARD, request.requestId());
        }
    }

    private NylasApplication application(RecordedRequest request) {
        NylasApplication application = applications.stream()
                .filter(candidate -> candidate.region().equals(region))
                .filter(candidate -> candidate.knows(request.apiKey().value()))
                .findFirst()
                .orElseThrow(this::badKey);
        if (application.standing() == Standing.BLOCKED) {
            throw NylasError.of(423, "api.resource_blocked", "The application is blocked.");
        }
        if (application.standing() == Standing.FORBIDDEN) {
            throw NylasError.of(403, "grant.access_denied", "Access denied.");
        }
        return application;
    }

    private NylasError badKey() {
        return behaviour.badKeyIs400
                ? NylasError.of(400, "token.unauthorized_access", "Invalid API key.")
                : NylasError.of(401, "api.authentication_error", "Unauthorized.");
    }

    private Resource resource(Call call) {
        String family = call.path().isEmpty() ? "" : call.path().get(0);
        Resource resource = call.request().path().startsWith("/v3/") ? resources.get(family) : null;
        if (resource == null) {
            throw NylasError.notFound("Resource");
        }
        int perSecond = behaviour.requestsPerSecond;
        if (!limiter.admits(call.application().id(), family, perSecond, clock.instant())) {
            throw NylasError.tooManyRequests(behaviour.retryAfter);
        }
        return resource;
    }
}
