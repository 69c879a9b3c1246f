package io.github.keycloaknylas.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.FakeKeycloak;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import io.github.keycloaknylas.support.store.TestDatabase;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.PostMigrationEvent;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/** Capture is off from the first failure of our tables until a probe, off the login, has shown that they work. */
@OnEveryDatabase
class TableProbeTest {

    private static final Duration REPEAT = Duration.ofSeconds(30);

    private final TestDatabase database;
    private final FakeKeycloak keycloak;
    private final AtomicLong nanos = new AtomicLong(7);
    private final TableProbe probe = new TableProbe(nanos::get);
    private final KeycloakSessionFactory factory = mock(KeycloakSessionFactory.class);
    private final KeycloakSession login = mock(KeycloakSession.class);
    private final AtomicReference<ProviderEventListener> listener = new AtomicReference<>();
    private final AtomicInteger probes = new AtomicInteger();
    private final Queue<Runnable> upkeep = new ArrayDeque<>();
    private boolean tablesAreThere = true;

    TableProbeTest(Engine engine) {
        database = TestDatabase.empty(engine);
        keycloak = new FakeKeycloak(database);
        when(factory.create()).thenAnswer(call -> session());
        org.mockito.Mockito.doAnswer(call -> {
                    listener.set(call.getArgument(0));
                    return null;
                })
                .when(factory)
                .register(any());
        ExecutorService later = mock(AbstractExecutorService.class);
        when(later.submit(any(Runnable.class))).thenAnswer(call -> {
            upkeep.add(call.getArgument(0));
            return null;
        });
        ExecutorsProvider executors = mock(ExecutorsProvider.class);
        when(executors.getExecutor("nylas-upkeep")).thenReturn(later);
        when(login.getProvider(ExecutorsProvider.class)).thenReturn(executors);
        when(login.getKeycloakSessionFactory()).thenReturn(factory);
        probe.watch(factory);
    }

    private KeycloakSession session() {
        probes.incrementAndGet();
        if (!tablesAreThere) {
            throw new IllegalStateException("Table not found");
        }
        return keycloak.session();
    }

    private void happens(ProviderEvent event) {
        listener.get().onEvent(event);
    }

    private void migrated() {
        happens(mock(PostMigrationEvent.class));
    }

    /** What a login sees; what it has asked for is done after it. */
    private boolean aLoginSeesUsableTables() {
        boolean usable = probe.usable(login);
        upkeep.forEach(Runnable::run);
        upkeep.clear();
        return usable;
    }

    private void fail() {
        assertThatThrownBy(() -> probe.guard(() -> {
                    throw new IllegalStateException("Table not found");
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void afterTheMigrationTheTablesAreProbedAndNothingIsLeftInThem() {
        happens(mock(ProviderEvent.class));
        assertThat(probes).hasValue(0);

        migrated();

        assertThat(aLoginSeesUsableTables()).isTrue();
        assertThat(probes).hasValue(1);
        try (EntityManager em = database.entityManager()) {
            assertThat(em.createQuery("select c from CaptureEntity c", CaptureEntity.class)
                            .getResultList())
                    .isEmpty();
        }
    }

    @Test
    void beforeTheMigrationALoginFindsThemUnusableAndHasThemProbedOnce() {
        assertThat(probe.usable(login)).isFalse();
        assertThat(probe.usable(login)).isFalse();

        assertThat(upkeep).hasSize(1);
    }

    @Test
    void whereTheyAreMissingALoginHasThemProbedAgainHalfAMinuteLater() {
        tablesAreThere = false;
        migrated();
        nanos.addAndGet(REPEAT.toNanos() - 1);
        assertThat(aLoginSeesUsableTables()).isFalse();
        assertThat(probes).hasValue(1);

        nanos.addAndGet(1);
        assertThat(aLoginSeesUsableTables()).isFalse();
        assertThat(probes).hasValue(2);

        tablesAreThere = true;
        nanos.addAndGet(REPEAT.toNanos());
        assertThat(aLoginSeesUsableTables()).isFalse();
        assertThat(aLoginSeesUsableTables()).isTrue();
        assertThat(probes).hasValue(3);
    }

    @Test
    void afterAFailedStatementNoLoginTouchesThemUntilAProbeHasSucceeded() {
        migrated();
        assertThat(probe.guard(() -> "read")).isEqualTo("read");
        fail();

        assertThat(aLoginSeesUsableTables()).isFalse();
        nanos.addAndGet(REPEAT.toNanos());
        assertThat(aLoginSeesUsableTables()).isFalse();
        assertThat(aLoginSeesUsableTables()).isTrue();
    }

    @Test
    void aProbeThatFailsSwitchesOffWhatWorkedBefore() {
        migrated();
        tablesAreThere = false;

        migrated();

        assertThat(aLoginSeesUsableTables()).isFalse();
    }
}
