package io.github.keycloaknylas.monitoring;

import io.micrometer.core.instrument.Metrics;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the extension counts, on Keycloak's own registry ({@code --metrics-enabled=true}). Labels are bounded: never a
 * realm, a provider or a person.
 */
public final class Meters {

    private static final String CAPTURES = "nylas.captures";
    private static final String HANDOVERS = "nylas.handovers";
    private static final String DELETIONS = "nylas.deletions";
    private static final String ATTRIBUTES = "nylas.attributes";

    private static final AtomicLong LINKS_GONE = Metrics.gauge("nylas.links.gone", new AtomicLong());

    private Meters() {}

    /** A refresh token was captured at a login. */
    public static void captured() {
        count(CAPTURES, "captured");
    }

    /** A sign-in brought nothing that could be handed over. */
    public static void captureRefused() {
        count(CAPTURES, "unusable");
    }

    /** Something of ours failed during a login; the login went on. */
    public static void captureFailed() {
        count(CAPTURES, "failed");
    }

    /**
     * A call to Nylas came to an end.
     *
     * @param outcome one of a fixed set of words
     */
    public static void handover(String outcome) {
        count(HANDOVERS, outcome);
    }

    /**
     * A deletion was looked at.
     *
     * @param outcome one of a fixed set of words
     */
    public static void deletion(String outcome) {
        count(DELETIONS, outcome);
    }

    /** A user's attribute could not be written for now. */
    public static void attributePostponed() {
        count(ATTRIBUTES, "postponed");
    }

    /** How many mailboxes of the server have lost their link without an event that explains it, as of the last look. */
    public static void linksGone(long mailboxes) {
        LINKS_GONE.set(mailboxes);
    }

    private static void count(String name, String outcome) {
        Metrics.counter(name, "outcome", outcome).increment();
    }
}
