package io.github.keycloaknylas.ledger;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes UUIDs of version 7 (RFC 9562), which sort by the time of their creation, also as text: entries of one
 * transaction have the same time, but an order.
 */
final class TimeOrderedId {

    private static final int COUNTER_BITS = 12;
    private static final AtomicLong LAST = new AtomicLong();

    private TimeOrderedId() {}

    /** Returns an ID that is greater than all before it on this node. */
    static String next(long now) {
        long tick = LAST.updateAndGet(last -> Math.max(last + 1, now << COUNTER_BITS));
        long high = tick >>> COUNTER_BITS << 16 | 0x7000 | tick & 0xfff;
        long low = ThreadLocalRandom.current().nextLong() >>> 2 | Long.MIN_VALUE;
        return new UUID(high, low).toString();
    }
}
