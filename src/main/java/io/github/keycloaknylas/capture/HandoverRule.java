package io.github.keycloaknylas.capture;

import io.github.keycloaknylas.config.ConnectionSettings;
import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.ledger.GrantConnection;
import io.github.keycloaknylas.ledger.GrantStatus;
import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.mail.MailProvider;
import io.github.keycloaknylas.mail.ScopeRules;
import java.time.Duration;
import java.util.Optional;

/**
 * Decides whether a login's token is needed at Nylas. A provider may issue a new refresh token at every login, so a
 * changed token alone is no reason: each handover counts against Nylas' limit of requests.
 */
final class HandoverRule {

    /** Nylas may keep answering with fewer scopes than required; asking more often would not help. */
    private static final Duration SCOPE_RETRY = Duration.ofDays(1);

    private static final Duration HELD_RETRY = Duration.ofDays(1);

    private HandoverRule() {}

    /**
     * @param grantStatus the state of the mailbox, if it is known
     * @param identity who has signed in
     * @param connection connection that the mapper uses now; empty if it is misconfigured
     * @param provider mail provider of the mailbox
     * @param now current time, in milliseconds since the epoch
     */
    static boolean isNeeded(
            Optional<GrantStatus> grantStatus,
            ExpectedIdentity identity,
            MapperSettings settings,
            Optional<ConnectionSettings> connection,
            MailProvider provider,
            long now) {
        if (grantStatus.isEmpty()) {
            return true;
        }
        GrantStatus known = grantStatus.get();
        if (known.state().isEmpty()) {
            return false;
        }
        return switch (known.state().get()) {
            case ABSENT, RECONNECT -> true;
            case HELD -> known.stateSince() == null || now - known.stateSince() > HELD_RETRY.toMillis();
            case CONNECTED ->
                known.identity().isOtherPerson(identity, provider)
                        || connection
                                .filter(current -> isElsewhere(known.connection(), current))
                                .isPresent()
                        || isOutdated(known, settings, provider.scopes(), now);
        };
    }

    // What this node has not learned yet counts as unchanged, since no call may be made during sign-in.
    private static boolean isElsewhere(GrantConnection made, ConnectionSettings connection) {
        return made == null
                || !connection.apiUrl().toString().equals(made.apiUrl())
                || !connection.credentialId().equals(made.credential())
                || LearnedApplications.of(connection)
                        .filter(current -> !current.equals(made.application()))
                        .isPresent();
    }

    private static boolean isOutdated(GrantStatus grant, MapperSettings settings, ScopeRules scopes, long now) {
        long age = grant.connectedAt() == null ? Long.MAX_VALUE : now - grant.connectedAt();
        return settings.maximumAge().filter(most -> age > most.toMillis()).isPresent()
                || age > SCOPE_RETRY.toMillis()
                        && !scopes.missing(grant.scopes(), scopes.requiredBy(settings))
                                .isEmpty();
    }
}
