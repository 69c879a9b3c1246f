package io.github.keycloaknylas.testkit.server;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/** Waits until Keycloak reports that it is ready. */
final class Readiness {

    /** More than enough, except on a machine that is busy with other things. */
    private static final Duration PATIENCE = Duration.ofMinutes(Integer.getInteger("keycloak.patience", 6));

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private Readiness() {}

    /** Returns false if the server ended, or took too long. */
    static boolean await(URI management, BooleanSupplier alive) {
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .pollDelay(0, MILLISECONDS)
                    .pollInterval(100, MILLISECONDS)
                    .atMost(PATIENCE)
                    .failFast("Keycloak ended", () -> !alive.getAsBoolean())
                    .until(() -> isReady(management));
            return true;
        } catch (ConditionTimeoutException | TerminalFailureException e) {
            return false;
        }
    }

    private static boolean isReady(URI management) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(management + "/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
