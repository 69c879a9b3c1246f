package io.github.keycloaknylas.monitoring;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The extension's meters in Keycloak's own registry ({@code --metrics-enabled=true}). Labels are bounded: never a
 * realm, a provider or a person.
 */
public final class Meters {

    private static final String CAPTURES = "nylas.captures";
    private static final String HANDOVERS = "nylas.handovers";
    private static final String DELETIONS = "nylas.deletions";
    private static final String NOTICES = "nylas.notices";
    private static final String ATTRIBUTES = "nylas.attributes";

    private static final String REPORTS = "nylas.grants.reported";

    private static final AtomicLong GRANTS_UNKNOWN = Metrics.gauge("nylas.grants.unknown", new AtomicLong());
    private static final AtomicLong DELETIONS_QUEUED = Metrics.gauge("nylas.deletions.queued", new AtomicLong());
    private static final AtomicLong OLDEST_HANDOVER = oldestHandover();
    private static final Map<String, AtomicLong> MAILBOXES = new ConcurrentHashMap<>();
    private static final AtomicLong LINKS_GONE = Metrics.gauge("nylas.links.gone", new AtomicLong());

    private Meters() {}

    /** Counts a refresh token captured during a login. */
    public static void captured() {
        count(CAPTURES, "captured");
    }

    /** Counts a sign-in that supplied nothing to hand over. */
    public static void captureRefused() {
        count(CAPTURES, "unusable");
    }

    /** Counts a failure of the extension during a login, which continued. */
    public static void captureFailed() {
        count(CAPTURES, "failed");
    }

    /**
     * Counts a finished call to Nylas.
     *
     * @param outcome one of a fixed set of words
     */
    public static void handover(String outcome) {
        count(HANDOVERS, outcome);
    }

    /** Counts a token that was erased because its provider has its maximum number of grants. */
    public static void noGrantLeft() {
        count(HANDOVERS, "no_grant_left");
    }

    /**
     * Counts a processed deletion.
     *
     * @param outcome one of a fixed set of words
     */
    public static void deletion(String outcome) {
        count(DELETIONS, outcome);
    }

    /**
     * Counts a grant whose state Nylas has reported.
     *
     * @param outcome one of a fixed set of words
     */
    public static void grantReported(String outcome) {
        count(REPORTS, outcome);
    }

    /** Reports how many grants of Nylas no mailbox of this server has, as of the last reconciliations. */
    public static void grantsUnknown(long grants) {
        GRANTS_UNKNOWN.set(grants);
    }

    /** Counts an attribute that could not be written for now. */
    public static void attributePostponed() {
        count(ATTRIBUTES, "postponed");
    }

    /**
     * Counts a notification that Nylas sent.
     *
     * @param outcome one of a fixed set of words
     */
    public static void notice(String outcome) {
        count(NOTICES, outcome);
    }

    /**
     * Reports how many mailboxes of the server have lost their link without an event that explains it, as of the
     * last check.
     */
    public static void linksGone(long mailboxes) {
        LINKS_GONE.set(mailboxes);
    }

    /**
     * Reports how many mailboxes of the server are in a state, as of the last count.
     *
     * @param state one of a fixed set of words
     */
    public static void mailboxes(String state, long mailboxes) {
        MAILBOXES
                .computeIfAbsent(
                        state, word -> Metrics.gauge("nylas.mailboxes", Tags.of("state", word), new AtomicLong()))
                .set(mailboxes);
    }

    /** Reports how many grants of the server wait to be deleted, as of the last count. */
    public static void deletionsQueued(long grants) {
        DELETIONS_QUEUED.set(grants);
    }

    /** Reports how long the oldest token of the server has waited for its handover; zero if none waits. */
    public static void oldestHandover(Duration waited) {
        OLDEST_HANDOVER.set(waited.toMillis());
    }

    private static AtomicLong oldestHandover() {
        AtomicLong millis = new AtomicLong();
        TimeGauge.builder("nylas.handovers.oldest", millis, TimeUnit.MILLISECONDS, AtomicLong::get)
                .register(Metrics.globalRegistry);
        return millis;
    }

    /**
     * Counts and times a request to Nylas.
     *
     * @param operation one of a fixed set of words
     * @param outcome one of a fixed set of words
     */
    static void call(String operation, String outcome, Duration took) {
        Metrics.timer("nylas.calls", "operation", operation, "outcome", outcome).record(took);
    }

    private static void count(String name, String outcome) {
        Metrics.counter(name, "outcome", outcome).increment();
    }
}
