package io.github.keycloaknylas.backfill;

import io.github.keycloaknylas.links.StoredLinks;
import io.github.keycloaknylas.links.UserEligibility;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Continues the runs that no other node continues, side by side, until each has ended. Started by each poll. */
public final class Backfill implements Runnable {

    private static final Logger LOG = Logger.getLogger(Backfill.class);

    /** As other leases: two nodes whose clocks are a minute apart leave each other's runs alone. */
    private static final Duration LEASE = Duration.ofMinutes(3);
    /** A run that is started meanwhile does not wait longer. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final KeycloakSessionFactory factory;
    private final InstantSource clock;
    private final ThrottledWarnings warnings;
    private final Runnable wake;
    private final Pause pause;
    private final String node = UUID.randomUUID().toString();
    private final BackfillStep step;

    /**
     * @param wake wakes the delivery workers, called after tokens were queued
     * @param pause between two pages; ends when the server stops
     */
    public Backfill(
            KeycloakSessionFactory factory,
            StoredLinks links,
            UserEligibility eligibility,
            InstantSource clock,
            ThrottledWarnings warnings,
            Runnable wake,
            Pause pause) {
        this.factory = factory;
        this.clock = clock;
        this.warnings = warnings;
        this.wake = wake;
        this.pause = pause;
        this.step = new BackfillStep(links, eligibility, clock, LEASE, node);
    }

    @Override
    public void run() {
        Map<String, Long> dueAt = new HashMap<>();
        try {
            while (continueAll(dueAt) && pause.await(untilNext(dueAt))) {
                LOG.debugf("Runs of this node: %s", dueAt.size());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("The backfill is continued at the next poll", e);
        } finally {
            if (!dueAt.isEmpty()) {
                release();
            }
        }
    }

    private void release() {
        try {
            call(session -> {
                BackfillRows.of(session).release(node);
                return null;
            });
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("Another node continues the backfill once the lease has ended", e);
        }
    }

    /** Returns whether this node has a run left. */
    private boolean continueAll(Map<String, Long> dueAt) {
        List<String> running = call(session -> BackfillRows.of(session).running());
        dueAt.keySet().retainAll(running);
        for (String hash : running) {
            if (dueAt.getOrDefault(hash, 0L) <= clock.millis()) {
                continueOne(hash)
                        .ifPresentOrElse(
                                pause -> dueAt.put(hash, clock.millis() + pause.toMillis()), () -> dueAt.remove(hash));
            }
        }
        return !dueAt.isEmpty();
    }

    private Duration untilNext(Map<String, Long> dueAt) {
        long next = dueAt.values().stream().mapToLong(Long::longValue).min().orElseThrow();
        return Duration.ofMillis(Math.max(0, Math.min(next - clock.millis(), LONGEST_PAUSE.toMillis())));
    }

    private Optional<Duration> continueOne(String hash) {
        try {
            Optional<BackfillStep.Result> made = call(session -> step.make(session, hash));
            made.ifPresent(this::report);
            return made.filter(result -> result.run().isRunning()).map(BackfillStep.Result::pause);
        } catch (RuntimeException | LinkageError e) {
            LOG.debug("A page of the backfill is repeated", e);
            reportFailure(hash, e);
            return Optional.of(AFTER_FAILURE);
        }
    }

    private void reportFailure(String hash, Throwable failure) {
        call(session -> step.fail(session, hash))
                .ifPresent(failed -> warnings.warn(
                        failed.realm(),
                        failed.run().alias(),
                        "A page of the backfill failed (" + failure.getClass().getName() + ") and is repeated every few"
                                + " seconds. Debug logging of " + LOG.getName() + " shows the cause."));
    }

    private void report(BackfillStep.Result made) {
        BackfillEntity run = made.run();
        made.obstacle()
                .filter(BackfillObstacle::isLogged)
                .ifPresent(obstacle ->
                        warnings.warn(made.realm(), run.alias(), "The backfill waits. " + obstacle.sentence()));
        if (made.obstacle().isEmpty() && !run.isDryRun()) {
            wake.run();
        }
        if (!run.isRunning()) {
            LOG.infof(
                    "NYLAS-1901: Nylas grants, realm '%s', provider '%s': the backfill has ended. Links: %s. Tokens queued:"
                            + " %s (dry run: %s).",
                    made.realm(),
                    run.alias(),
                    run.counts().walked(),
                    run.counts().queued(),
                    run.isDryRun());
        }
    }

    private <T> T call(Function<KeycloakSession, T> job) {
        return KeycloakModelUtils.runJobInTransactionWithResult(factory, job::apply);
    }

    /** Ends all pauses. The page that is being written is finished. */
    public void stop() {
        pause.end();
    }
}
