package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CourierTest {

    private static final int MOST = 3;

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final Pace pace = mock(Pace.class);
    private final Merger merger = mock(Merger.class);
    private final Claims claims = mock(Claims.class);
    private final Attempt attempt = mock(Attempt.class);
    private final Projections projections = mock(Projections.class);
    private final Queue<Claim> due = new ConcurrentLinkedQueue<>();
    private final Queue<String> made = new ConcurrentLinkedQueue<>();
    private final Courier courier = new Courier(executor, MOST, pace, merger, claims, attempt, projections);

    @BeforeEach
    void whatIsDueIsClaimedOnce() throws Exception {
        when(pace.await()).thenReturn(true);
        when(claims.next()).thenAnswer(call -> Optional.ofNullable(due.poll()));
        doAnswer(call -> made.add(call.<Claim>getArgument(0).rowId()))
                .when(attempt)
                .make(any());
    }

    @AfterEach
    void end() {
        executor.shutdownNow();
    }

    private static Claim claim(String row) {
        return new Claim(row, "lease", Workshop.mailbox(row), "realm", "ada", null, null, "token", 1, 0, Set.of());
    }

    @Test
    void aNudgeDeliversAllThatIsDueAndWritesTheAttributes() {
        for (int i = 0; i < 20; i++) {
            due.add(claim("row-" + i));
        }

        courier.nudge();

        await().untilAsserted(() -> assertThat(made).hasSize(20));
        verify(projections).write("row-7");
        await().untilAsserted(() ->
                verify(projections, org.mockito.Mockito.atLeastOnce()).writeDue());
    }

    @Test
    void moreWorkersStartWhileThereIsWorkButNeverMoreThanAllowed() throws Exception {
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        doAnswer(call -> {
                    calls.incrementAndGet();
                    most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
                    if (calls.get() > 1) {
                        release.await();
                    }
                    return atWork.decrementAndGet();
                })
                .when(attempt)
                .make(any());
        for (int i = 0; i < 20; i++) {
            due.add(claim("row-" + i));
        }

        for (int i = 0; i < 10; i++) {
            courier.nudge();
        }
        await().until(() -> atWork.get() == MOST);
        release.countDown();

        await().until(() -> due.isEmpty() && atWork.get() == 0);
        assertThat(most).hasValue(MOST);
    }

    @Test
    void aNudgeDuringTheLastLookIsNotLost() {
        AtomicBoolean late = new AtomicBoolean(true);
        Courier alone = new Courier(executor, 1, pace, merger, claims, attempt, projections);
        doAnswer(call -> {
                    if (late.getAndSet(false)) {
                        due.add(claim("came late"));
                        alone.nudge();
                    }
                    return null;
                })
                .when(projections)
                .writeDue();

        alone.nudge();

        await().untilAsserted(() -> assertThat(made).containsExactly("came late"));
    }

    @Test
    void whatIsMarkedDuringACallIsMergedBeforeTheNextLook() {
        due.add(claim("first"));
        doAnswer(call -> {
                    if (made.size() == 1 && made.contains("first")) {
                        due.add(claim("merged meanwhile"));
                        made.add("-");
                    }
                    return null;
                })
                .when(merger)
                .merge();

        courier.nudge();

        await().untilAsserted(() -> assertThat(made).contains("merged meanwhile"));
    }

    @Test
    void aWorkerThatFailsDoesNotStopTheNextNudge() {
        AtomicBoolean broken = new AtomicBoolean(true);
        doAnswer(call -> {
                    if (broken.getAndSet(false)) {
                        throw new IllegalStateException("The database is down");
                    }
                    return null;
                })
                .when(merger)
                .merge();
        courier.nudge();
        await().until(() -> !broken.get());
        due.add(claim("row"));

        await().untilAsserted(() -> {
            courier.nudge();
            assertThat(made).containsExactly("row");
        });
    }

    @Test
    void aFullOrClosedPoolIsNoTrouble() {
        ExecutorService closed = Executors.newSingleThreadExecutor();
        closed.shutdown();
        Courier late = new Courier(closed, 1, pace, merger, claims, attempt, projections);

        late.nudge();
        late.stop(Duration.ofSeconds(10));

        verify(merger, never()).merge();
    }

    @Test
    void afterAStopNothingNewIsTaken() {
        courier.stop(Duration.ZERO);
        due.add(claim("row"));

        courier.nudge();

        verify(pace).stop();
        verify(merger, never()).merge();
        assertThat(made).isEmpty();
    }

    @Test
    void aStopWaitsForTheCallThatIsUnderWay() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        doAnswer(call -> {
                    called.countDown();
                    answer.await();
                    return made.add("answered");
                })
                .when(attempt)
                .make(any());
        due.add(claim("row"));
        due.add(claim("left for later"));
        Courier alone = new Courier(executor, 1, pace, merger, claims, attempt, projections);
        alone.nudge();
        called.await();

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> alone.stop(Duration.ofSeconds(30)));
        await().untilAsserted(() -> verify(pace).stop());
        assertThat(stopped).isNotDone();
        answer.countDown();

        stopped.get(20, TimeUnit.SECONDS);
        assertThat(made).containsExactly("answered");
        assertThat(due).hasSize(1);
    }

    @Test
    void aStopWaitsNoLongerThanItsGrace() throws Exception {
        CountDownLatch called = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        doAnswer(call -> {
                    called.countDown();
                    never.await();
                    return null;
                })
                .when(attempt)
                .make(any());
        due.add(claim("row"));
        courier.nudge();
        called.await();

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> courier.stop(Duration.ofMillis(50)));

        assertThat(stopped).succeedsWithin(Duration.ofSeconds(10));
        never.countDown();
    }

    @Test
    void aClaimForWhichTheStopLeavesNoTimeIsGivenBack() throws Exception {
        when(pace.await()).thenReturn(false);
        Claim claim = claim("row");
        due.add(claim);

        courier.nudge();

        await().untilAsserted(() -> verify(claims).giveBack(claim));
        assertThat(made).isEmpty();
    }
}
