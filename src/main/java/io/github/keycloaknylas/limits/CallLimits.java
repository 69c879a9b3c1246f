package io.github.keycloaknylas.limits;

import java.util.Optional;

/**
 * Limits of the calls that a node makes to Nylas.
 *
 * @param breakers stop calls that would fail
 * @param concurrency how many workers call one URL at the same time
 * @param rate spaces the calls to one application
 */
public record CallLimits(CircuitBreakers breakers, ConcurrencyLimiter concurrency, RateLimiters rate) {

    /**
     * Permits a call once it is its turn. The caller closes the permit.
     *
     * @param version of the connection with its key
     * @return nothing if a circuit breaker is open or the node is stopping
     */
    public Optional<CallPermit> permit(CredentialKey key, String version) throws InterruptedException {
        CallPermit permit = breakers.permit(key, version).orElse(null);
        if (permit == null) {
            return Optional.empty();
        }
        boolean turn = false;
        try {
            turn = rate.await(key.connection());
            return turn ? Optional.of(permit) : Optional.empty();
        } finally {
            if (!turn) {
                permit.close();
            }
        }
    }
}
