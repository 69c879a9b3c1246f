package io.github.keycloaknylas.testkit.nylas;

import io.github.keycloaknylas.testkit.http.Json;
import io.github.keycloaknylas.testkit.http.Request;
import io.github.keycloaknylas.testkit.http.Response;
import io.github.keycloaknylas.testkit.http.Router;
import io.github.keycloaknylas.testkit.nylas.NylasApplication.Status;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The entry point of the API: checks the key, the status of its application and the rate limit, then routes. */
final class Api {

    private static final Set<String> FAMILIES = Set.of("connect", "grants", "connectors", "applications", "webhooks");

    private final String region;
    private final Collection<NylasApplication> applications;
    private final Behaviour behaviour;
    private final Clock clock;
    private final RateLimiter limiter = new RateLimiter();
    private final Router<Function<Call, Response>> router;

    Api(
            String region,
            Collection<NylasApplication> applications,
            Map<String, TokenExchange> exchanges,
            Behaviour behaviour,
            Clock clock,
            WebhookChallenge challenge) {
        this.region = region;
        this.applications = applications;
        this.behaviour = behaviour;
        this.clock = clock;
        GrantsResource grants = new GrantsResource(behaviour, clock);
        WebhooksResource webhooks = new WebhooksResource(challenge, behaviour, clock);
        router = new Router<Function<Call, Response>>()
                .route("POST", "/v3/connect/custom", new ConnectResource(exchanges, behaviour, clock)::authenticate)
                .route("GET", "/v3/grants", grants::list)
                .route("GET", "/v3/grants/[^/]+", grants::get)
                .route("PATCH", "/v3/grants/[^/]+", grants::patch)
                .route("DELETE", "/v3/grants/[^/]+", grants::delete)
                .route("GET", "/v3/connectors", ConnectorsResource::list)
                .route("GET", "/v3/connectors/[^/]+", ConnectorsResource::get)
                .route("GET", "/v3/connectors/[^/]+/creds", ConnectorsResource::credentials)
                .route("GET", "/v3/connectors/[^/]+/creds/[^/]+", ConnectorsResource::credential)
                .route("POST", "/v3/webhooks", webhooks::create)
                .route("GET", "/v3/webhooks", WebhooksResource::list)
                .route("GET", "/v3/webhooks/[^/]+", WebhooksResource::get)
                .route("PUT", "/v3/webhooks/[^/]+", webhooks::update)
                .route("DELETE", "/v3/webhooks/[^/]+", WebhooksResource::delete)
                .route("POST", "/v3/webhooks/rotate-secret/[^/]+", webhooks::rotateSecret)
                .route("GET", "/v3/applications", Api::applicationOfTheKey);
    }

    Response answer(Request request, RecordedRequest recorded) {
        String requestId = recorded.requestId();
        try {
            Call call = new Call(request, requestId, application(recorded.apiKey()));
            limit(call);
            return router.find(request.method(), request.path().replaceAll("/+$", ""))
                    .orElseThrow(() -> NylasError.notFound("Resource"))
                    .apply(call)
                    .with("X-Request-Id", requestId);
        } catch (NylasError e) {
            return e.answer(ErrorShape.STANDARD, requestId);
        }
    }

    private NylasApplication application(Secret apiKey) {
        NylasApplication application = applications.stream()
                .filter(candidate -> candidate.region().equals(region))
                .filter(candidate -> candidate.knows(apiKey.value()))
                .findFirst()
                .orElseThrow(this::badKey);
        if (application.status() == Status.BLOCKED) {
            throw NylasError.of(423, "api.resource_blocked", "The application is blocked.");
        }
        if (application.status() == Status.FORBIDDEN) {
            throw NylasError.of(403, "grant.access_denied", "Access denied.");
        }
        return application;
    }

    private NylasError badKey() {
        return behaviour.badKeyIs400
                ? NylasError.of(400, "token.unauthorized_access", "Invalid API key.")
                : NylasError.of(401, "api.authentication_error", "Unauthorized.");
    }

    private void limit(Call call) {
        String family = call.path().isEmpty() ? "" : call.path().get(0);
        int perSecond = behaviour.requestsPerSecond;
        if (FAMILIES.contains(family) && !limiter.admits(call.application().id(), family, perSecond, clock.instant())) {
            throw NylasError.tooManyRequests(behaviour.retryAfter);
        }
    }

    private static Response applicationOfTheKey(Call call) {
        NylasApplication application = call.application();
        return call.data(
                200,
                Json.object()
                        .put("application_id", application.id())
                        .put("organization_id", "fake-organization")
                        .put("region", application.region())
                        .put("environment", application.environment()));
    }
}
