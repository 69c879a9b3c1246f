package io.github.keycloaknylas.limits;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Recent temporary failures of one connection. Five of them, of at least three mailboxes, indicate an outage: a single
 * mailbox that always times out does not. Not thread-safe: guarded by {@link CircuitBreakers}.
 */
final class FailureWindow {

    private static final int FAILURES = 5;
    private static final int MAILBOXES = 3;

    // With two further mailboxes, three failures of one reach the threshold; more of them would only take memory.
    private static final int PER_MAILBOX = FAILURES - MAILBOXES + 1;

    private record Entry(String rowId, long at) {}

    private final Duration length;
    private final Deque<Entry> entries = new ArrayDeque<>();

    FailureWindow(Duration length) {
        this.length = length;
    }

    void add(String rowId, long now) {
        dropExpired(now);
        if (entries.stream().filter(entry -> entry.rowId().equals(rowId)).count() >= PER_MAILBOX) {
            entries.removeFirstOccurrence(entries.stream()
                    .filter(entry -> entry.rowId().equals(rowId))
                    .findFirst()
                    .orElseThrow());
        }
        entries.addLast(new Entry(rowId, now));
    }

    boolean indicatesOutage() {
        return entries.size() >= FAILURES
                && entries.stream().map(Entry::rowId).distinct().count() >= MAILBOXES;
    }

    boolean isEmpty(long now) {
        dropExpired(now);
        return entries.isEmpty();
    }

    private void dropExpired(long now) {
        entries.removeIf(entry -> now - entry.at() >= length.toMillis());
    }
}
