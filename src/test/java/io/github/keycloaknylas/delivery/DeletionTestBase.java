package io.github.keycloaknylas.delivery;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.LastFailure;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.DeletionOutcome;
import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.FailureReach;
import io.github.keycloaknylas.support.store.Engine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;

/** The account of ada was unlinked: her grant is queued for deletion. */
abstract class DeletionTestBase {

    static final String OTHER_ALIAS = "entra";

    final DeliveryFixture fixture;

    DeletionTestBase(Engine engine) {
        fixture = new DeliveryFixture(engine);
    }

    @BeforeEach
    final void adaHasUnlinkedHerAccount() {
        fixture.connected("ada", "grant-1");
        unlink("ada");
    }

    final void unlink(String... names) {
        List.of(names).forEach(fixture::unlinked);
        fixture.parts.evidence.process();
        fixture.parts.attributes.writeDue();
    }

    /** Further mailboxes whose grants are queued for deletion, a millisecond after each other. */
    final void alsoUnlinked(String... names) {
        for (String name : names) {
            fixture.clock.forward(Duration.ofMillis(1));
            fixture.person(name);
            fixture.connected(name, "grant-of-" + name);
            unlink(name);
        }
    }

    final void afterTheGrace() {
        fixture.clock.forward(DeliveryFixture.GRACE);
        fixture.delete();
    }

    final void meanwhile(Runnable event) {
        meanwhile(event, new CallResult.Done<>(DeletionOutcome.DELETED, "request-1"));
    }

    final void meanwhile(Runnable event, CallResult<DeletionOutcome> answer) {
        when(fixture.nylas.deleteGrant(any(), any(), any())).thenAnswer(call -> {
            event.run();
            return answer;
        });
    }

    /** A mailbox of ada's at another provider. */
    final Mailbox atAnotherProvider() {
        fixture.keycloak.provider(DeliveryFixture.REALM, OTHER_ALIAS, Map.of());
        fixture.keycloak.link(DeliveryFixture.REALM, "ada", OTHER_ALIAS, "ada");
        return new Mailbox(DeliveryFixture.REALM, OTHER_ALIAS, "ada");
    }

    final void verifyNothingDeleted() {
        verify(fixture.nylas, never()).deleteGrant(any(), any(), any());
    }

    final void verifyDeleted(String grantId) {
        verify(fixture.nylas).deleteGrant(any(), eq(grantId), any());
    }

    final boolean isDone(String grantId) {
        return fixture.deletion(grantId, DeletionEntity::isDone).orElse(false);
    }

    /** Why a deletion waits. */
    final Optional<String> failureClass(String grantId) {
        return fixture.deletion(grantId, DeletionEntity::failure)
                .flatMap(failure -> failure)
                .map(LastFailure::failureClass);
    }

    /** How long a deletion waits, unless a worker has it. */
    final Optional<Duration> wait(String grantId) {
        return fixture.deletion(grantId, deletion -> deletion)
                .filter(deletion -> !deletion.isLeased(fixture.now()))
                .flatMap(DeletionEntity::nextAttemptAt)
                .map(next -> Duration.ofMillis(next - fixture.now()));
    }

    static CallResult<DeletionOutcome> temporarily(Duration retryAfter) {
        return new CallResult.Failed<>(new Failure(
                FailureKind.TEMPORARY, null, "api.unavailable", 503, "request-9", retryAfter, "Nylas is down."));
    }

    static CallResult<DeletionOutcome> refused(FailureReach reach) {
        return new CallResult.Failed<>(new Failure(
                FailureKind.ADMINISTRATOR, reach, "api.forbidden", 403, "request-9", null, "Nylas refused it."));
    }
}
