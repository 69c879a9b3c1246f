package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.DeliverySettings;
import io.github.keycloaknylas.config.ReconciliationSettings;
import io.github.keycloaknylas.ledger.HistorySource;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.limits.RateLimiters;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;

/** Wires the parts of the reconciliation together, on top of those of the delivery. */
final class ReconciliationParts {

    final Reconciliation reconciliation;
    private final RateLimiters rate;

    /** @param timing with the rate of the reconciliation alone */
    ReconciliationParts(
            Transactions transactions,
            DeliveryParts delivery,
            DeliverySettings limits,
            ReconciliationSettings settings,
            Timing timing,
            ThrottledWarnings warnings) {
        rate = timing.rate();
        ReconciliationPass pass = new ReconciliationPass(
                transactions,
                new ReconciliationSubjects(transactions, delivery.calls.applications(), warnings),
                new ReconciliationCalls(
                        delivery.calls, rate, delivery.look(HistorySource.RECONCILIATION), timing.clock()),
                settings,
                timing,
                warnings);
        reconciliation = new Reconciliation(
                transactions,
                pass,
                timing.clock(),
                new Reconciliation.Intervals(settings.interval(), limits.lookInterval(), limits.lease()));
    }

    /** Ends all waits for a turn. */
    void stop() {
        rate.stop();
    }
}
