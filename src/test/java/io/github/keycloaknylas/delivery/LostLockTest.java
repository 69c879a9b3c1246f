package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.AdditionalAnswers.delegatesTo;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** No result of a call is lost because another node changes the row between the read and the commit. */
@OnEveryDatabase
class LostLockTest {

    private final DeliveryFixture fixture;
    private final Handovers handovers;
    private final Recorder recorder;
    private final AtomicInteger reads = new AtomicInteger();
    private PreparedHandover handover;

    LostLockTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
        handovers = new Handovers(fixture);
        recorder = new Recorder(handovers.transactions(this::disturb), fixture.clock, DeliveryFixture.GRACE);
    }

    @BeforeEach
    void aCallHasBeenMade() {
        handover = handovers.prepared("ada");
    }

    /** Another node changes the row right after it was read for the first time. */
    private void disturb(KeycloakSession session) {
        EntityManager real = Handovers.entityManager(session);
        EntityManager disturbed = mock(EntityManager.class, delegatesTo(real));
        doAnswer(call -> read(real)).when(disturbed).find(eq(GrantEntity.class), any());
        // The query finds the row as it was read.
        doAnswer(call -> {
                    read(real);
                    return real.createQuery(call.<String>getArgument(0), Object[].class);
                })
                .when(disturbed)
                .createQuery(any(String.class), eq(Object[].class));
        JpaConnectionProvider connection = mock(JpaConnectionProvider.class);
        when(connection.getEntityManager()).thenReturn(disturbed);
        doReturn(connection).when(session).getProvider(JpaConnectionProvider.class);
    }

    private GrantEntity read(EntityManager real) {
        GrantEntity row = real.find(GrantEntity.class, handover.row().rowId());
        if (reads.incrementAndGet() == 1) {
            changeElsewhere();
        }
        return row;
    }

    private void changeElsewhere() {
        fixture.transactions.run(session -> Handovers.entityManager(session)
                .createNativeQuery("update NYLAS_GRANT set ROW_VERSION = ROW_VERSION + 1")
                .executeUpdate());
    }

    @Test
    void aGrantIsRecordedAtTheNextAttempt() {
        assertThat(recorder.granted(handover, DeliveryFixture.APPLICATION, DeliveryFixture.grant("grant-1", "ada")))
                .isEqualTo(Recorder.Outcome.CONNECTED);

        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        assertThat(reads).hasValue(2);
    }

    @Test
    void aRefusalIsRecordedAtTheNextAttempt() {
        recorder.refused(handover, Handovers.failure(FailureKind.SIGN_IN_AGAIN, null, null));

        assertThat(fixture.state("ada")).contains(GrantState.RECONNECT);
        assertThat(reads).hasValue(2);
    }

    @Test
    void aPostponementIsRecordedAtTheNextAttemptAndCountedOnce() {
        recorder.postponed(handover, Handovers.failure(FailureKind.TEMPORARY, null, null), Duration.ofMinutes(5));

        assertThat(handovers.failure("ada")).contains("temporary");
        assertThat(fixture.read("ada", GrantEntity::attempts)).isEqualTo(1);
        assertThat(handovers.wait("ada")).contains(Duration.ofMinutes(5));
        assertThat(reads).hasValue(2);
    }
}
