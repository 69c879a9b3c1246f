package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.keycloaknylas.capture.LearnedApplications;
import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.config.ConnectionSettings;
import io.github.keycloaknylas.nylas.ApiKey;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.FailureReach;
import io.github.keycloaknylas.nylas.NylasApplication;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ApplicationsTest {

    private static final URI US = URI.create("https://api.us.nylas.com");
    private static final CallResult<NylasApplication> A = belongsTo("Application-A");
    private static final CallResult<NylasApplication> OUTAGE = failed(null);

    private final ManualClock clock = new ManualClock();
    private final AtomicInteger asked = new AtomicInteger();
    private final String name = "connection-" + UUID.randomUUID();
    private CallResult<NylasApplication> answer = A;
    private final Applications applications = new Applications(
            key -> {
                asked.incrementAndGet();
                return answer;
            },
            clock);

    private static CallResult<NylasApplication> belongsTo(String application) {
        return new CallResult.Done<>(new NylasApplication(application, "us", "production"), "request-1");
    }

    private static CallResult<NylasApplication> failed(Duration retryAfter) {
        return new CallResult.Failed<>(
                new Failure(FailureKind.TEMPORARY, null, null, 503, null, retryAfter, "Nylas is down."));
    }

    private static ApiKey key(String key) {
        return new ApiKey(US, key);
    }

    private Connection connection(String applicationId) {
        return new Connection(
                new ConnectionSettings(name, US, "option:key", Optional.ofNullable(applicationId), Optional.empty()),
                "key");
    }

    @Test
    void eachKeyIsAskedForOnce() {
        assertThat(applications.of(key("key"))).isEqualTo(A);
        clock.forward(Duration.ofDays(100));
        assertThat(applications.of(key("key"))).isEqualTo(A);
        assertThat(asked).hasValue(1);

        applications.of(key("another-key"));
        applications.of(new ApiKey(URI.create("https://api.eu.nylas.com"), "key"));
        assertThat(asked).hasValue(3);
    }

    @Test
    void concurrentCallersAskOnce() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Applications slow = new Applications(
                key -> {
                    asked.incrementAndGet();
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return A;
                },
                clock);
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        ExecutorService workers = Executors.newFixedThreadPool(8);
        try {
            Callable<CallResult<NylasApplication>> question = () -> {
                threads.add(Thread.currentThread());
                return slow.of(key("key"));
            };
            List<Future<CallResult<NylasApplication>>> answers =
                    Stream.generate(() -> workers.submit(question)).limit(8).toList();
            await().until(() -> threads.size() == 8 && threads.stream().allMatch(ApplicationsTest::isWaiting));
            release.countDown();

            for (Future<CallResult<NylasApplication>> each : answers) {
                assertThat(each.get()).isEqualTo(A);
            }
            assertThat(asked).hasValue(1);
        } finally {
            workers.shutdownNow();
        }
    }

    private static boolean isWaiting(Thread thread) {
        return thread.getState() == Thread.State.BLOCKED || thread.getState() == Thread.State.WAITING;
    }

    @Test
    void aFailureIsReturnedAgainForAMoment() {
        answer = OUTAGE;
        for (int row = 0; row < 1000; row++) {
            assertThat(applications.of(key("key"))).isEqualTo(OUTAGE);
        }
        clock.forward(Applications.FAILURE_KEPT.minusMillis(1));
        applications.of(key("key"));
        assertThat(asked).hasValue(1);

        answer = A;
        clock.forward(Duration.ofMillis(1));

        assertThat(applications.of(key("key"))).isEqualTo(A);
    }

    @Test
    void aPauseThatNylasAskedForIsKept() {
        answer = failed(Duration.ofMinutes(5));
        applications.of(key("key"));
        answer = A;

        clock.forward(Duration.ofMinutes(5).minusMillis(1));
        assertThat(applications.of(key("key"))).isInstanceOf(CallResult.Failed.class);
        clock.forward(Duration.ofMillis(1));

        assertThat(applications.of(key("key"))).isEqualTo(A);
    }

    @Test
    void aPauseOfNoTimeDoesNotMakeEachRowAsk() {
        answer = failed(Duration.ZERO);

        applications.of(key("key"));
        applications.of(key("key"));

        assertThat(asked).hasValue(1);
    }

    @Test
    void anErrorWhileAskingIsNotKept() {
        AtomicInteger calls = new AtomicInteger();
        Applications failing = new Applications(
                key -> {
                    if (calls.incrementAndGet() == 1) {
                        throw new OutOfMemoryError("test");
                    }
                    return A;
                },
                clock);
        assertThatThrownBy(() -> failing.of(key("key"))).isInstanceOf(OutOfMemoryError.class);

        assertThat(failing.of(key("key"))).isEqualTo(A);
    }

    @Test
    void whatIsKnownIsReturnedWithoutAsking() {
        Connection connection = connection(null);
        assertThat(applications.known(connection)).isEmpty();
        assertThat(asked).hasValue(0);

        applications.of(key("key"));

        assertThat(applications.known(connection)).contains(A);
        assertThat(asked).hasValue(1);
    }

    @Test
    void aFailureThatIsOverIsNotKnown() {
        answer = OUTAGE;
        applications.of(key("key"));
        assertThat(applications.known(connection(null))).contains(OUTAGE);

        clock.forward(Applications.FAILURE_KEPT);

        assertThat(applications.known(connection(null))).isEmpty();
    }

    @Test
    void whatIsLearnedIsKnownDuringSignIn() {
        Connection connection = connection(null);

        applications.of(connection);

        assertThat(LearnedApplications.of(connection.settings())).contains("Application-A");
    }

    @Test
    void theApplicationThatTheOptionNamesIsAcceptedWhateverItsCase() {
        assertThat(applications.of(connection("application-a"))).isEqualTo(A);
    }

    @Test
    void aKeyOfAnotherApplicationThanTheOptionNamesIsRefused() {
        Connection connection = connection("application-b");

        CallResult<NylasApplication> refused = applications.of(connection);

        assertThat(refused).isInstanceOfSatisfying(CallResult.Failed.class, failed -> {
            assertThat(failed.failure().kind()).isEqualTo(FailureKind.ADMINISTRATOR);
            assertThat(failed.failure().reach()).isEqualTo(FailureReach.CONNECTION);
            assertThat(failed.failure().hint())
                    .isEqualTo("The API key of the Nylas connection '" + name + "' belongs to application"
                            + " Application-A, but application-id names application-b. Correct application-id, or use"
                            + " an API key of the application that was meant.");
        });
        assertThat(applications.known(connection)).contains(refused);
        assertThat(LearnedApplications.of(connection.settings())).isEmpty();
    }

    @Test
    void noMoreThanAFixedNumberOfKeysIsKept() {
        for (int i = 0; i < 10_500; i++) {
            applications.of(key("key-" + i));
        }

        assertThat(applications.size()).isLessThanOrEqualTo(10_000);
    }
}
