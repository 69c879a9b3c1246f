package io.github.keycloaknylas.testkit.nylas;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The requests a fake Nylas received, the last 10,000 of them, and a way to wait for more. */
public final class RequestJournal {

    private static final int KEPT = 10_000;

    private final NavigableMap<Integer, RecordedRequest> requests = new TreeMap<>();
    private final Map<Integer, List<Integer>> company = new TreeMap<>();
    private final Set<Integer> underWay = new TreeSet<>();
    private int numbers;
    private int arrived;

    RequestJournal() {}

    /** {@return every request, oldest first} */
    public synchronized List<RecordedRequest> all() {
        return new ArrayList<>(requests.values());
    }

    /**
     * Selects requests.
     *
     * @param which for instance {@link #to(String, String)}
     * @return those that fit, oldest first
     */
    public List<RecordedRequest> all(Predicate<RecordedRequest> which) {
        return all().stream().filter(which).toList();
    }

    /** {@return how many requests came in since the start} */
    public synchronized int count() {
        return arrived;
    }

    /**
     * Returns which requests had not been answered yet when this one arrived.
     *
     * @param request one of the journal
     * @return the others, oldest first
     */
    public synchronized List<RecordedRequest> underWayAtArrivalOf(RecordedRequest request) {
        return company.getOrDefault(request.number(), List.of()).stream()
                .map(requests::get)
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * Waits until so many requests have arrived, answered or not.
     *
     * @param which the requests to count
     * @param atLeast how many
     * @param patience how long to wait at most
     * @return the requests that fit
     * @throws IllegalStateException if they do not arrive in time, or the thread is interrupted
     */
    public synchronized List<RecordedRequest> await(Predicate<RecordedRequest> which, int atLeast, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (all(which).size() < atLeast) {
            long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (millis <= 0) {
                throw new IllegalStateException("Waited " + patience + " for " + atLeast + " requests, saw " + all());
            }
            pause(millis);
        }
        return all(which);
    }

    /**
     * Fits requests of a method whose path begins in a certain way.
     *
     * @param method such as {@code POST}
     * @param pathPrefix such as {@code /v3/connect/custom}
     * @return the predicate, also for {@link FaultScript}
     */
    public static Predicate<RecordedRequest> to(String method, String pathPrefix) {
        return request -> request.method().equals(method) && request.path().startsWith(pathPrefix);
    }

    /**
     * Fits requests whose answer has begun.
     *
     * @return the predicate
     */
    public static Predicate<RecordedRequest> answered() {
        return request -> request.status() != 0;
    }

    synchronized int nextNumber() {
        return ++numbers;
    }

    synchronized void arrive(RecordedRequest request) {
        requests.put(request.number(), request);
        company.put(request.number(), List.copyOf(underWay));
        underWay.add(request.number());
        arrived++;
        if (requests.size() > KEPT) {
            company.remove(requests.pollFirstEntry().getKey());
        }
        notifyAll();
    }

    synchronized void answer(int number, int status) {
        requests.computeIfPresent(number, (same, request) -> request.answered(status));
        underWay.remove(number);
        notifyAll();
    }

    /** For requests that end without an answer. */
    synchronized void leave(int number) {
        underWay.remove(number);
    }

    private void pause(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for requests", e);
        }
    }
}
