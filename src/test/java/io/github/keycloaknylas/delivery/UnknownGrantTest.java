package io.github.keycloaknylas.delivery;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.LastFailure;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** Where it is not known whether Nylas has a grant of an unlinked account, an administrator is asked to look. */
@OnEveryDatabase
class UnknownGrantTest {

    private final DeliveryFixture fixture;
    private final Logger log = mock(Logger.class);
    private final EvidenceProcessor evidence;

    UnknownGrantTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
        evidence = new EvidenceProcessor(
                fixture.transactions,
                fixture.keycloak.links(),
                fixture.clock,
                DeliveryFixture.GRACE,
                new UnknownGrants(log));
    }

    private void unlinked() {
        fixture.unlinked("ada");
        evidence.process();
    }

    private void failed(FailureKind kind) {
        fixture.waiting("ada", "token");
        fixture.connects(new CallResult.Failed<>(new Failure(kind, null, null, 503, null, null, "hint")));
        fixture.handOver();
    }

    private void verifyReported(int times, String rowId) {
        verify(log, times(times))
                .warnf(
                        contains("answer to its last handover was lost"),
                        eq("realm-name"),
                        eq(DeliveryFixture.ALIAS),
                        eq("ada"),
                        rowId == null ? any() : eq(rowId));
    }

    @Test
    void aCallWhoseAnswerWasLostIsReported() {
        String row = fixture.waiting("ada", "token");
        fixture.parts.leases.next().orElseThrow();
        fixture.clock.forward(DeliveryFixture.LEASE);

        unlinked();

        verifyReported(1, row);
    }

    @Test
    void aCallThatFailedTemporarilyIsReported() {
        failed(FailureKind.TEMPORARY);
        String row = fixture.read("ada", GrantEntity::id);

        unlinked();

        verifyReported(1, row);
    }

    @Test
    void aTokenThatWasNeverHandedOverIsNotReported() {
        fixture.waiting("ada", "token");

        unlinked();

        verifyReported(0, null);
    }

    @Test
    void aCallThatNylasRefusedIsNotReported() {
        failed(FailureKind.SIGN_IN_AGAIN);

        unlinked();

        verifyReported(0, null);
    }

    @Test
    void aGrantThatIsQueuedForDeletionIsNotReported() {
        fixture.connected("ada", "grant-1");
        fixture.change(
                "ada",
                row -> Transitions.postponed(
                        row, LastFailure.of(LastFailure.TEMPORARY, 1), 0, fixture.now(), fixture.now()));

        unlinked();

        verifyReported(0, null);
    }
}
