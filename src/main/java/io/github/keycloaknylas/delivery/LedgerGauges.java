package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.DueRows;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.LedgerCounts;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.monitoring.Meters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** Reports the numbers of rows to the meters, so that reading the meters costs nothing. */
final class LedgerGauges {

    private static final int PAGE = 1_000;

    private final Transactions transactions;
    private final InstantSource clock;
    private final Duration interval;
    private final List<PacedGauge> gauges = new ArrayList<>();
    private long oldestAt;

    /** @param interval shortest time between two counts */
    LedgerGauges(Transactions transactions, InstantSource clock, Duration interval) {
        this.transactions = transactions;
        this.clock = clock;
        this.interval = interval;
        for (GrantState state : GrantState.values()) {
            String word = state.name().toLowerCase(Locale.ROOT);
            add(() -> count(state), rows -> Meters.mailboxes(word, rows));
        }
        add(() -> read(LedgerCounts::deletions), Meters::deletionsQueued);
    }

    private void add(LongSupplier count, LongConsumer gauge) {
        gauges.add(new PacedGauge(count, gauge, clock, interval));
    }

    private long count(GrantState state) {
        long rows = 0;
        String last = DueRows.FIRST;
        List<String> page;
        do {
            String after = last;
            page = read(counts -> counts.mailboxes(state, after, PAGE));
            rows += page.size();
            last = page.isEmpty() ? last : page.get(page.size() - 1);
        } while (page.size() == PAGE);
        return rows;
    }

    private <T> T read(Function<LedgerCounts, T> look) {
        return transactions.call(session -> look.apply(LedgerCounts.of(session)));
    }

    /** Updates the gauges whose time has come. */
    void update() {
        long now = clock.millis();
        if (now >= oldestAt) {
            oldestAt = now + interval.toMillis();
            Meters.oldestHandover(read(LedgerCounts::oldestToken)
                    .map(capturedAt -> Duration.ofMillis(Math.max(0, now - capturedAt)))
                    .orElse(Duration.ZERO));
        }
        gauges.forEach(PacedGauge::update);
    }
}
