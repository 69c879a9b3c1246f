package io.github.keycloaknylas.testkit.nylas;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** The deliveries of notifications that have ended, the last 50,000 of them, and a way to wait for more. */
public final class DeliveryJournal {

    private static final int KEPT = 50_000;

    private final Deque<Delivery> deliveries = new ArrayDeque<>();

    DeliveryJournal() {}

    /** {@return every delivery, in the order in which they ended} */
    public synchronized List<Delivery> all() {
        return List.copyOf(deliveries);
    }

    /**
     * Selects deliveries.
     *
     * @param which for instance those of one type
     * @return those that fit, in the order in which they ended
     */
    public List<Delivery> all(Predicate<Delivery> which) {
        return all().stream().filter(which).toList();
    }

    /**
     * Waits until so many deliveries have ended, with or without an answer.
     *
     * @param which the deliveries to count
     * @param atLeast how many
     * @param patience how long to wait at most
     * @return the deliveries that fit
     * @throws IllegalStateException if they do not end in time, or the thread is interrupted
     */
    public synchronized List<Delivery> await(Predicate<Delivery> which, int atLeast, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (deliveries.stream().filter(which).count() < atLeast) {
            long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (millis <= 0) {
                throw new IllegalStateException(
                        "Waited " + patience + " for " + atLeast + " deliveries, saw " + deliveries);
            }
            try {
                wait(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted while waiting for deliveries", e);
            }
        }
        return all(which);
    }

    /**
     * Fits the deliveries of a trigger type.
     *
     * @param triggerType such as {@code grant.expired}
     * @return the predicate
     */
    public static Predicate<Delivery> of(String triggerType) {
        return delivery -> delivery.type().equals(triggerType);
    }

    synchronized void add(Delivery delivery) {
        deliveries.add(delivery);
        if (deliveries.size() > KEPT) {
            deliveries.remove();
        }
        notifyAll();
    }
}
