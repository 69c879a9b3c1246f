package io.github.keycloaknylas.testkit.nylas;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;

/**
 * The faults to inject, and how often. Entries are tried in the order in which they were added; at most one applies to
 * a request.
 */
public final class FaultScript {

    private static final int FOR_EVER = Integer.MAX_VALUE;

    private final List<Entry> entries = new ArrayList<>();
    private final DelayedAnswers delayed;

    FaultScript(DelayedAnswers delayed) {
        this.delayed = delayed;
    }

    /**
     * Adds a fault for the next requests.
     *
     * @param requests for how many
     * @param fault what goes wrong
     * @return this
     */
    public FaultScript next(int requests, Fault fault) {
        return next(requests, request -> true, fault);
    }

    /**
     * Adds a fault for the next requests of a kind.
     *
     * @param requests for how many
     * @param which the kind, for instance {@link RequestJournal#to(String, String)}
     * @param fault what goes wrong
     * @return this
     */
    public synchronized FaultScript next(int requests, Predicate<RecordedRequest> which, Fault fault) {
        entries.add(new Entry(requests, which, fault));
        return this;
    }

    /**
     * Adds a fault that lasts until {@link #clear()}.
     *
     * @param fault what goes wrong
     * @return this
     */
    public FaultScript always(Fault fault) {
        return next(FOR_EVER, fault);
    }

    /**
     * Adds a fault for a kind of request that lasts until {@link #clear()}.
     *
     * @param which the kind
     * @param fault what goes wrong
     * @return this
     */
    public FaultScript always(Predicate<RecordedRequest> which, Fault fault) {
        return next(FOR_EVER, which, fault);
    }

    /** Removes all faults and ends what black holes, drips and delays hold. */
    public synchronized void clear() {
        entries.clear();
        delayed.release();
    }

    synchronized Turn take(RecordedRequest request) {
        for (Iterator<Entry> iterator = entries.iterator(); iterator.hasNext(); ) {
            Entry entry = iterator.next();
            if (entry.which.test(request)) {
                if (entry.left != FOR_EVER && --entry.left <= 0) {
                    iterator.remove();
                }
                return new Turn(entry.fault, delayed.hold());
            }
        }
        return new Turn(Fault.NONE, delayed.hold());
    }

    /** A request's fault and, taken under the same lock, its hold, so that nothing is cleared in between. */
    record Turn(Fault fault, DelayedAnswers.Hold hold) {}

    private static final class Entry {

        private int left;
        private final Predicate<RecordedRequest> which;
        private final Fault fault;

        Entry(int left, Predicate<RecordedRequest> which, Fault fault) {
            this.left = left;
            this.which = which;
            this.fault = fault;
        }
    }
}
