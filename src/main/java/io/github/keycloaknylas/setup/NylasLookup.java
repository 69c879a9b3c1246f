package io.github.keycloaknylas.setup;

import io.github.keycloaknylas.nylas.ApiKey;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.NylasApplication;
import io.github.keycloaknylas.nylas.NylasClient;
import io.github.keycloaknylas.nylas.NylasConnector;
import io.github.keycloaknylas.nylas.NylasProvider;
import io.github.keycloaknylas.nylas.NylasWebhook;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Reads applications, connectors and webhooks from Nylas. Each request is made once per API key, however many providers use it.
 */
final class NylasLookup {

    private record ConnectorOf(ApiKey key, String provider) {}

    /** No call begins later, however many connections a realm has. */
    private static final Duration ENOUGH = Duration.ofSeconds(30);

    private static final Failure LATE = new Failure(
            FailureKind.TEMPORARY,
            null,
            null,
            null,
            null,
            null,
            "Earlier calls to Nylas took too long, so this one was not made. Repeat the check.");

    private final NylasClient nylas;
    private final LongSupplier nanoTime;
    private final long began;
    private final Map<ApiKey, CallResult<NylasApplication>> applications = new HashMap<>();
    private final Map<ConnectorOf, CallResult<NylasConnector>> connectors = new HashMap<>();
    private final Map<ApiKey, CallResult<List<NylasWebhook>>> webhooks = new HashMap<>();

    NylasLookup(NylasClient nylas) {
        this(nylas, System::nanoTime);
    }

    NylasLookup(NylasClient nylas, LongSupplier nanoTime) {
        this.nylas = nylas;
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
    }

    CallResult<NylasApplication> application(ApiKey key) {
        return applications.computeIfAbsent(key, missing -> inTime(() -> nylas.application(missing)));
    }

    CallResult<NylasConnector> connector(ApiKey key, NylasProvider provider) {
        return connectors.computeIfAbsent(
                new ConnectorOf(key, provider.name()), missing -> inTime(() -> nylas.connector(key, provider)));
    }

    CallResult<List<NylasWebhook>> webhooks(ApiKey key) {
        return webhooks.computeIfAbsent(
                key, missing -> inTime(() -> nylas.webhooks().list(missing)));
    }

    private <T> CallResult<T> inTime(Supplier<CallResult<T>> call) {
        boolean late = nanoTime.getAsLong() - began > ENOUGH.toNanos();
        return late ? new CallResult.Failed<>(LATE) : call.get();
    }
}
