package io.github.keycloaknylas.capture;

import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.config.Scopes;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Standing;
import java.time.Duration;
import java.util.Optional;

/**
 * Decides whether a login's token is needed at Nylas. Microsoft issues a new refresh token at every login, so a changed
 * token is no reason: each handover counts against Nylas' limit of requests.
 */
final class HandoverRule {

    /** Nylas may go on answering with fewer scopes than are required: asking again more often would not help. */
    private static final Duration SCOPE_RETRY = Duration.ofDays(1);

    private HandoverRule() {}

    /**
     * @param standing how the mailbox stands, if it is known at all
     * @param fingerprint of the connection that the mapper asks for now; empty if that cannot be had
     * @param now in milliseconds since the epoch
     */
    static boolean isNeeded(
            Optional<Standing> standing, MapperSettings settings, Optional<String> fingerprint, long now) {
        if (standing.isEmpty()) {
            return true;
        }
        Optional<GrantState> state = standing.get().state();
        if (state.isEmpty()) {
            return false;
        }
        return state.get() != GrantState.CONNECTED || isOutdated(standing.get(), settings, fingerprint, now);
    }

    private static boolean isOutdated(Standing grant, MapperSettings settings, Optional<String> fingerprint, long now) {
        long age = grant.connectedAt() == null ? Long.MAX_VALUE : now - grant.connectedAt();
        return fingerprint
                        .filter(current -> !current.equals(grant.fingerprint()))
                        .isPresent()
                || settings.maximumAge().filter(most -> age > most.toMillis()).isPresent()
                || age > SCOPE_RETRY.toMillis()
                        && !Scopes.missing(grant.scopes(), settings.requiredScopes())
                                .isEmpty();
    }
}
