package io.github.keycloaknylas.testkit.nylas;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Sends what happens to grants to the webhooks that asked for it, on threads of its own: at least once, in no order,
 * at most three times, and a retry goes to all webhooks of the notification.
 */
public final class Notifications {

    private final WebhookClient client = new WebhookClient();
    private final DeliveryJournal journal = new DeliveryJournal();
    private final RetryRule retries = new RetryRule();
    private final NotificationThreads threads = new NotificationThreads();
    private final List<Notification> waiting = new ArrayList<>();
    private final NotificationSender sender;
    private final Clock clock;
    private boolean paused;
    private int copies = 1;

    Notifications(Collection<NylasApplication> applications, Clock clock) {
        sender = new NotificationSender(applications, client, journal);
        this.clock = clock;
    }

    /** {@return the deliveries so far} */
    public DeliveryJournal deliveries() {
        return journal;
    }

    /**
     * Sets the time between attempts, on real time. At first 5 and 10 minutes: Nylas documents an exponential delay,
     * and that the last attempt comes 10 to 20 minutes after the first.
     *
     * @param second from the first attempt to the second; {@code Retry-After} of a 429 takes precedence
     * @param third from the second attempt to the third; likewise
     * @return this
     */
    public Notifications retryDelays(Duration second, Duration third) {
        retries.delays = List.of(second, third);
        return this;
    }

    /**
     * Sets how long a URL may take to answer, a challenge included. At first 10 seconds, as Nylas documents.
     *
     * @param limit for the whole answer
     * @return this
     */
    public Notifications timeout(Duration limit) {
        client.timeout = limit;
        return this;
    }

    /**
     * Sends each new notification several times, with the same ID and attempt.
     *
     * @param times 1, as at first, for no duplicates
     * @return this
     */
    public synchronized Notifications copies(int times) {
        copies = times;
        return this;
    }

    /** Sends nothing for now, retries included; what comes up is kept in {@link #waiting()}. */
    public synchronized void pause() {
        paused = true;
    }

    /** {@return what was kept since {@link #pause()} and not released, oldest first} */
    public synchronized List<Notification> waiting() {
        return List.copyOf(waiting);
    }

    /**
     * Sends some of what is waiting in an order of the test's choice, each after the answer to the one before.
     * Returns when all are answered; retries follow on their own, or wait while paused.
     *
     * @param order notifications of {@link #waiting()}; one that is not waiting any more is sent nevertheless
     * @return the deliveries, in this order
     */
    public List<Delivery> release(List<Notification> order) {
        synchronized (this) {
            order.forEach(waiting::remove);
        }
        return order.stream()
                .flatMap(notification -> attempt(notification).stream())
                .toList();
    }

    /** Sends what is waiting, and again everything that comes up. */
    public synchronized void resume() {
        paused = false;
        List<Notification> kept = List.copyOf(waiting);
        waiting.clear();
        kept.forEach(this::dispatch);
    }

    /**
     * Sends a request at once, paused or not, whatever it contains: a replay, or a forged one.
     *
     * @param request any request, for instance that of an earlier {@link Delivery}
     * @return the request with its answer, which is also in {@link #deliveries()}
     */
    public Delivery send(WebhookRequest request) {
        return sender.send(request);
    }

    /**
     * Waits until no attempt is under way and no retry is due later; notifications in {@link #waiting()} do not count.
     *
     * @param patience how long to wait at most
     * @throws IllegalStateException if that takes longer, or the thread is interrupted
     */
    public void awaitQuiet(Duration patience) {
        threads.awaitIdle(patience);
    }

    WebhookChallenge challenge() {
        return new WebhookChallenge(client);
    }

    void happened(GrantEvent event, Webhooks webhooks) {
        Set<String> receivers = webhooks.all().stream()
                .filter(webhook -> webhook.receives(event.kind().triggerType()))
                .map(Webhook::id)
                .collect(Collectors.toSet());
        if (!receivers.isEmpty()) {
            Notification notification =
                    new Notification(UUID.randomUUID().toString(), clock.instant(), event, receivers, 1);
            synchronized (this) {
                Collections.nCopies(copies, notification).forEach(this::dispatch);
            }
        }
    }

    void close() {
        threads.close();
        client.close();
    }

    private synchronized void dispatch(Notification notification) {
        if (paused) {
            waiting.add(notification);
        } else {
            threads.run(() -> attempt(notification), Duration.ZERO);
        }
    }

    private List<Delivery> attempt(Notification notification) {
        List<Delivery> deliveries = sender.send(notification);
        retries.delay(
                        notification.attempt(),
                        deliveries.stream().map(Delivery::response).toList())
                .ifPresent(delay -> threads.run(() -> dispatch(notification.retried()), delay));
        return deliveries;
    }
}
