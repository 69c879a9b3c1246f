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
import io.github.keycloaknylas.nylas.Answer;
import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** Where it is not known whether Nylas has a grant of an unlinked account, an administrator is asked to look. */
@OnEveryDatabase
class UnknownGrantTest {

    private final Workshop shop;
    private final Logger log = mock(Logger.class);
    private final EvidenceProcessor evidence;

    UnknownGrantTest(Engine engine) {
        shop = new Workshop(engine);
        evidence = new EvidenceProcessor(
                shop.jobs, shop.keycloak.links(), shop.clock, Workshop.GRACE, new UnknownGrants(log));
    }

    private void unlinked() {
        shop.unlinked("ada");
        evidence.process();
    }

    private void failed(FailureKind kind) {
        shop.waiting("ada", "token");
        shop.connects(new Answer.Failed<>(new Failure(kind, null, null, 503, null, null, "hint")));
        shop.handOver();
    }

    private void verifyReported(int times, String rowId) {
        verify(log, times(times))
                .warnf(
                        contains("answer to its last handover was lost"),
                        eq("realm-name"),
                        eq(Workshop.ALIAS),
                        eq("ada"),
                        rowId == null ? any() : eq(rowId));
    }

    @Test
    void aCallWhoseAnswerWasLostIsReported() {
        String row = shop.waiting("ada", "token");
        shop.parts.leases.next().orElseThrow();
        shop.clock.forward(Workshop.LEASE);

        unlinked();

        verifyReported(1, row);
    }

    @Test
    void aCallThatFailedTemporarilyIsReported() {
        failed(FailureKind.TEMPORARY);
        String row = shop.read("ada", GrantEntity::id);

        unlinked();

        verifyReported(1, row);
    }

    @Test
    void aTokenThatWasNeverHandedOverIsNotReported() {
        shop.waiting("ada", "token");

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
        shop.connected("ada", "grant-1");
        shop.change(
                "ada",
                row -> Transitions.postponed(row, LastFailure.of(LastFailure.TEMPORARY, 1), 0, shop.now(), shop.now()));

        unlinked();

        verifyReported(0, null);
    }
}
