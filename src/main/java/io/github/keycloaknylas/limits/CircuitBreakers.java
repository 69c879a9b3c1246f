package io.github.keycloaknylas.limits;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/**
 * Circuit breakers of this node: while one is open, no call is made and no row behind it is read.
 *
 * <ul>
 *   <li>A connection in trouble opens after several temporary failures of several mailboxes (see
 *       {@link FailureWindow}).
 *   <li>A refused API key or credential opens at once. It is remembered together with the version of the connection, so
 *       that other settings, or another connection of the same application, are not affected.
 *   <li>A missing setting opens until one row is tried again, after a minute at most.
 *   <li>{@code Retry-After} pauses a connection. Settings do not shorten it, and no trial follows it.
 * </ul>
 *
 * After the wait a breaker is half-open: one trial call is permitted. Its success closes the breaker, its failure opens
 * it for the next, longer wait. Thread-safe; never waits for I/O.
 */
public final class CircuitBreakers {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration STALE_AFTER = Duration.ofDays(1);
    private static final int MOST_REMEMBERED = 10_000;

    private final InstantSource clock;
    private final Backoff backoff;
    private final Duration failureWindow;
    private final Duration trialLimit;
    private final Duration settingWait;
    private final Map<BreakerKey, CircuitBreaker> breakers = new LinkedHashMap<>();
    private final Map<ConnectionKey, FailureWindow> failures = new HashMap<>();
    private final Map<ConnectionKey, Long> pausedUntil = new HashMap<>();
    private long latestCall;

    /**
     * @param deadline longest time of a call. It extends the minute in which failures are counted together: where calls
     *     time out, a few workers meet fewer than five failures a minute
     * @param trialLimit after which a trial without an outcome no longer blocks the next one; the lease of a row
     * @param settingWait how long a breaker for a missing setting stays open at most
     */
    public CircuitBreakers(
            InstantSource clock, Backoff backoff, Duration deadline, Duration trialLimit, Duration settingWait) {
        this.clock = clock;
        this.backoff = backoff;
        this.failureWindow = MINUTE.plus(deadline);
        this.trialLimit = trialLimit;
        this.settingWait = settingWait;
    }

    /**
     * Returns whether a call would be permitted now, without using up the trial of a half-open breaker.
     *
     * @param version of the connection with its key, see {@link io.github.keycloaknylas.config.Connection#version()}
     */
    public synchronized boolean mayCall(CredentialKey credential, String version) {
        return !isPaused(credential.connection())
                && keys(credential, version).stream().allMatch(this::permits);
    }

    /** Permits a call, unless a breaker is open or a trial is in progress. The caller closes the permit. */
    public synchronized Optional<CallPermit> permit(CredentialKey credential, String version) {
        if (!mayCall(credential, version)) {
            return Optional.empty();
        }
        long call = enter(keys(credential, version));
        return Optional.of(new CallPermit(this, credential, version, call));
    }

    /** Returns whether rows of the lane have to wait for a setting, or for the result of a single trial row. */
    public synchronized boolean isOpen(SettingKey setting) {
        return !permits(new BreakerKey.Setting(setting));
    }

    /** Permits one row of the lane to be read, unless its breaker is open. The caller closes the permit. */
    public synchronized Optional<SettingPermit> permit(SettingKey setting) {
        return isOpen(setting)
                ? Optional.empty()
                : Optional.of(new SettingPermit(this, setting, enter(List.of(new BreakerKey.Setting(setting)))));
    }

    /**
     * Pauses a connection as Nylas asked, for an hour at most. A longer pause stays as it is.
     *
     * @param pause time until the next call
     */
    public synchronized void pause(ConnectionKey connection, Duration pause) {
        long now = clock.millis();
        pausedUntil.values().removeIf(until -> until <= now);
        long bounded = Math.min(pause.toMillis(), LONGEST_PAUSE.toMillis());
        pausedUntil.merge(connection, now + bounded, Math::max);
    }

    synchronized void succeeded(CredentialKey credential, String version) {
        failures.remove(credential.connection());
        breakers.keySet().removeAll(keys(credential, version));
    }

    synchronized void troubled(ConnectionKey connection, String rowId, long call) {
        long now = clock.millis();
        failures.values().removeIf(window -> window.isEmpty(now));
        FailureWindow window = failures.computeIfAbsent(connection, key -> new FailureWindow(failureWindow));
        window.add(rowId, now);
        BreakerKey trouble = new BreakerKey.Trouble(connection);
        if (window.indicatesOutage() || breakers.containsKey(trouble)) {
            open(trouble, backoff::temporary, call);
        }
    }

    synchronized void refusedConnection(ConnectionKey connection, String version, long call) {
        open(new BreakerKey.RefusedConnection(connection, version), backoff::slow, call);
    }

    synchronized void refusedCredential(CredentialKey credential, String version, long call) {
        open(new BreakerKey.RefusedCredential(credential, version), backoff::slow, call);
    }

    synchronized void found(SettingKey setting) {
        breakers.remove(new BreakerKey.Setting(setting));
    }

    synchronized void missing(SettingKey setting, long call) {
        open(new BreakerKey.Setting(setting), openings -> settingWait, call);
    }

    synchronized void leave(CredentialKey credential, String version, long call) {
        keys(credential, version).forEach(key -> leave(key, call));
    }

    synchronized void leave(SettingKey setting, long call) {
        leave(new BreakerKey.Setting(setting), call);
    }

    /** Returns the breakers that stop calls now, and the connections that are paused. */
    public synchronized List<OpenBreaker> open() {
        long now = clock.millis();
        Stream<OpenBreaker> open = breakers.entrySet().stream()
                .filter(entry -> !entry.getValue().permits(now))
                .map(entry -> entry.getKey().open(entry.getValue().openUntil()));
        Stream<OpenBreaker> paused = pausedUntil.entrySet().stream()
                .filter(entry -> entry.getValue() > now)
                .map(entry -> BreakerKey.paused(entry.getKey(), entry.getValue()));
        return Stream.concat(open, paused).toList();
    }

    /** Number of breakers kept in memory. */
    synchronized int size() {
        return breakers.size();
    }

    private static List<BreakerKey> keys(CredentialKey credential, String version) {
        ConnectionKey connection = credential.connection();
        return List.of(
                new BreakerKey.Trouble(connection),
                new BreakerKey.RefusedConnection(connection, version),
                new BreakerKey.RefusedCredential(credential, version));
    }

    private boolean isPaused(ConnectionKey connection) {
        return pausedUntil.getOrDefault(connection, Long.MIN_VALUE) > clock.millis();
    }

    private boolean permits(BreakerKey key) {
        CircuitBreaker breaker = breakers.get(key);
        return breaker == null || breaker.permits(clock.millis());
    }

    private long enter(List<? extends BreakerKey> keys) {
        latestCall++;
        for (BreakerKey key : keys) {
            CircuitBreaker breaker = breakers.get(key);
            if (breaker != null) {
                breaker.enter(latestCall, clock.millis());
            }
        }
        return latestCall;
    }

    private void leave(BreakerKey key, long call) {
        CircuitBreaker breaker = breakers.get(key);
        if (breaker != null) {
            breaker.leave(call);
        }
    }

    private void open(BreakerKey key, IntFunction<Duration> waits, long call) {
        long now = clock.millis();
        if (!breakers.containsKey(key) && breakers.size() >= MOST_REMEMBERED) {
            makeSpace(now);
        }
        breakers.computeIfAbsent(key, added -> new CircuitBreaker(waits, trialLimit))
                .open(call, latestCall, now);
    }

    private void makeSpace(long now) {
        breakers.values().removeIf(breaker -> breaker.isStale(now, STALE_AFTER));
        if (breakers.size() >= MOST_REMEMBERED) {
            breakers.remove(breakers.keySet().iterator().next());
        }
    }
}
