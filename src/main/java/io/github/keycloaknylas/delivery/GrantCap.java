package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.MailboxCounts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.keycloak.models.KeycloakSession;

/**
 * Determines whether a provider may have another grant. Asked by the worker that holds the lease of the row, so that a
 * login costs nothing more. Handovers of other mailboxes count as grants until they end: a lease is committed before
 * its holder counts, so of two that compete for the last grant at least one sees the other, on whatever nodes.
 */
final class GrantCap {

    private static final Duration FRESH = Duration.ofSeconds(10);
    /** Nylas accepts 50 calls per second, so this many grants cannot be made while a count is fresh. */
    private static final int FAR = 1000;

    /** Whether there is a grant for a user who has none. */
    enum Verdict {
        FREE,
        /** Other handovers may take the last grants. */
        BEHIND_OTHERS,
        NONE_LEFT
    }

    private record Count(long grants, long at) {}

    private final InstantSource clock;
    private final Map<String, Count> counts = new ConcurrentHashMap<>();

    GrantCap(InstantSource clock) {
        this.clock = clock;
    }

    /** @param maximum number of grants that the provider may have */
    Verdict of(KeycloakSession session, GrantEntity row, int maximum) {
        long now = clock.millis();
        String provider = row.mailbox().realmId() + "/" + row.mailbox().alias();
        Count last = counts.get(provider);
        if (last != null && now - last.at() < FRESH.toMillis() && last.grants() + FAR <= maximum) {
            return Verdict.FREE;
        }
        MailboxCounts mailboxes = MailboxCounts.of(session);
        long grants = mailboxes.countGrants(row.mailbox());
        counts.put(provider, new Count(grants, now));
        if (grants >= maximum) {
            return Verdict.NONE_LEFT;
        }
        return grants + FAR <= maximum || grants + mailboxes.countFirstHandovers(row, now) < maximum
                ? Verdict.FREE
                : Verdict.BEHIND_OTHERS;
    }
}
