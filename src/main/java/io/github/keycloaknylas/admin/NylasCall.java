package io.github.keycloaknylas.admin;

import io.github.keycloaknylas.monitoring.ObservedCalls;
import io.github.keycloaknylas.nylas.NylasClient;
import io.github.keycloaknylas.setup.RefusedCallException;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.function.Function;
import org.keycloak.connections.httpclient.HttpClientProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;

/** A request that calls Nylas and holds no database connection meanwhile. */
final class NylasCall {

    private static final Duration DEADLINE = Duration.ofSeconds(15);

    private NylasCall() {}

    /** Answers by what it returns, or by the reason why it is refused. */
    interface Step {
        Object run(NylasClient nylas) throws RefusedCallException;
    }

    // The request's transaction ends before Nylas is called. The client is the server's own and never closed here.
    static Response answer(KeycloakSession session, Step step) {
        NylasClient client = new NylasClient(
                session.getProvider(HttpClientProvider.class).getHttpClient(), DEADLINE, ObservedCalls.of(session));
        session.getTransactionManager().commit();
        try (NylasClient nylas = client) {
            return Response.ok(step.run(nylas)).build();
        } catch (RefusedCallException e) {
            return e.response();
        }
    }

    /** Runs in a transaction of its own, in a session that is bound to the realm of the request. */
    static <T> T transaction(KeycloakSession session, String realmId, Function<KeycloakSession, T> job) {
        return KeycloakModelUtils.runJobInTransactionWithResult(session.getKeycloakSessionFactory(), own -> {
            own.getContext().setRealm(own.realms().getRealm(realmId));
            return job.apply(own);
        });
    }
}
