package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.capture.LearnedApplications;
import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.hashing.Digests;
import io.github.keycloaknylas.nylas.ApiKey;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.FailureReach;
import io.github.keycloaknylas.nylas.NylasApplication;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Learns which Nylas application an API key belongs to: calls Nylas once for each URL and key, and keeps the answer in
 * memory. Without an answer nothing is handed over.
 */
final class Applications {

    /** Long enough to spare most rows a call of their own, short enough to notice soon that an outage is over. */
    static final Duration FAILURE_KEPT = Duration.ofSeconds(2);

    private static final int MOST_REMEMBERED = 10_000;

    private final Function<ApiKey, CallResult<NylasApplication>> nylas;
    private final InstantSource clock;
    private final Map<String, Question> questions = new ConcurrentHashMap<>();

    /** @param nylas calls Nylas, as {@code NylasClient::application} does */
    Applications(Function<ApiKey, CallResult<NylasApplication>> nylas, InstantSource clock) {
        this.nylas = nylas;
        this.clock = clock;
    }

    /**
     * Returns the application of a connection and records it for sign-ins.
     *
     * @return the application; a failure if Nylas does not report it, or if the server option {@code application-id}
     *     names another one
     */
    CallResult<NylasApplication> of(Connection connection) {
        return checked(connection, of(connection.key()));
    }

    /**
     * Returns the application of an API key. Blocks while this or another thread calls Nylas. A failure is returned
     * again for two seconds, or for as long as {@code Retry-After} requests.
     */
    CallResult<NylasApplication> of(ApiKey key) {
        return question(key).answer(key);
    }

    /** Returns whether Nylas reports that the key of a connection belongs to an application. Blocks as {@link #of} does. */
    boolean isOf(Connection connection, String application) {
        return of(connection) instanceof CallResult.Done<NylasApplication> done
                && done.value().id().equals(application);
    }

    /** Returns what {@link #of(Connection)} would return at once, or nothing if it would call Nylas. */
    Optional<CallResult<NylasApplication>> known(Connection connection) {
        return Optional.ofNullable(questions.get(hash(connection.key())))
                .flatMap(Question::current)
                .map(answer -> checked(connection, answer));
    }

    /** Number of keys in memory. */
    int size() {
        return questions.size();
    }

    private Question question(ApiKey key) {
        if (questions.size() >= MOST_REMEMBERED) {
            questions.clear();
        }
        return questions.computeIfAbsent(hash(key), added -> new Question());
    }

    private static String hash(ApiKey key) {
        return Digests.sha256(key.apiUrl().toString(), key.value());
    }

    private static CallResult<NylasApplication> checked(Connection connection, CallResult<NylasApplication> answer) {
        if (!(answer instanceof CallResult.Done<NylasApplication> done)) {
            return answer;
        }
        String learned = done.value().id();
        Optional<String> configured = connection.settings().application();
        if (configured.isPresent() && !configured.get().equalsIgnoreCase(learned)) {
            return new CallResult.Failed<>(otherApplication(connection, learned, configured.get(), done.requestId()));
        }
        LearnedApplications.learned(connection.settings(), learned);
        return answer;
    }

    private static Failure otherApplication(
            Connection connection, String learned, String configured, String requestId) {
        return new Failure(
                FailureKind.ADMINISTRATOR,
                FailureReach.CONNECTION,
                null,
                null,
                requestId,
                null,
                "The API key of the Nylas connection '" + connection.settings().name() + "' belongs to application "
                        + learned + ", but application-id names " + configured
                        + ". Correct application-id, or use an API key of the application that was meant.");
    }

    /** The answer for one key. The lock makes concurrent callers share one call. */
    private final class Question {

        private record Kept(CallResult<NylasApplication> answer, long until) {}

        private volatile Kept kept;

        synchronized CallResult<NylasApplication> answer(ApiKey key) {
            return current().orElseGet(() -> {
                CallResult<NylasApplication> answer = nylas.apply(key);
                kept = new Kept(answer, keptUntil(answer));
                return answer;
            });
        }

        Optional<CallResult<NylasApplication>> current() {
            return Optional.ofNullable(kept)
                    .filter(known -> clock.millis() < known.until())
                    .map(Kept::answer);
        }

        private long keptUntil(CallResult<NylasApplication> answer) {
            if (answer instanceof CallResult.Failed<NylasApplication> failed) {
                Duration asked = failed.failure().retryAfter();
                boolean paused = asked != null && asked.compareTo(FAILURE_KEPT) > 0;
                return clock.millis() + (paused ? asked : FAILURE_KEPT).toMillis();
            }
            return Long.MAX_VALUE;
        }
    }
}
