package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.ledger.ConnectionEntity;
import io.github.keycloaknylas.ledger.GrantCounts;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.FailureReach;
import io.github.keycloaknylas.nylas.NylasGrant;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The ledger is compared with all grants of an application, and each difference is confirmed. */
@OnEveryDatabase
class ReconciliationTest extends ReconciliationTestBase {

    ReconciliationTest(Engine engine) {
        super(engine);
    }

    @Test
    void aGrantThatExpiredAtNylasWaitsForANewSignIn() {
        nylas.expires("grant-of-ada");

        passAfterTheInterval();

        assertThat(fixture.state("ada")).contains(GrantState.RECONNECT);
        verifyLooks(1);
    }

    @Test
    void aGrantThatWasDeletedAtNylasIsNoLongerShown() {
        nylas.deletes("grant-of-ada");

        passAfterTheInterval();

        assertThat(fixture.shown("ada")).isEmpty();
    }

    @Test
    void aGrantThatIsValidAgainIsConnectedAgain() {
        nylas.expires("grant-of-ada");
        passAfterTheInterval();
        nylas.has(DeliveryFixture.grant("grant-of-ada", "ada"));

        passAfterTheInterval();

        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void aGrantThatIsAnotherPersonsMailboxByNowIsHeldBack() {
        nylas.has(DeliveryFixture.grant("grant-of-ada", "eve"));

        passAfterTheInterval();

        assertThat(fixture.state("ada")).contains(GrantState.HELD);
        assertThat(fixture.shown("ada")).isEmpty();
        verifyLooks(1);
    }

    @Test
    void aListingThatDoesNotNameTheMailboxIsNoDifference() {
        nylas.has(new NylasGrant("grant-of-ada", null, null, Set.of()));

        passAfterTheInterval();

        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        verifyLooks(0);
    }

    @Test
    void whereNothingDiffersNoGrantIsAskedForAndNoMailboxIsWritten() {
        connected(5);

        passAfterTheInterval();

        verifyLooks(0);
        assertThat(row(ConnectionEntity::reconciledAt)).contains(fixture.now());
        assertThat(row(ConnectionEntity::counts)).contains(new GrantCounts(6, 0));
    }

    @Test
    void aDifferenceThatTheSingleLookDoesNotConfirmChangesNothing() {
        connected(5);
        nylas.longestPage(2);
        AtomicInteger pages = new AtomicInteger();
        nylas.beforeEachPage(() -> {
            // The first page shifts after it was read, which hides a grant of the second one.
            if (pages.incrementAndGet() == 2) {
                nylas.deletes("grant-of-ada");
            }
            return Optional.empty();
        });

        passAfterTheInterval();

        assertThat(connectedOf(people(5))).isEqualTo(5);
        verifyLooks(1);
    }

    @Test
    void aGrantThatIsHandedOverDuringThePassIsNotAskedFor() {
        nylas.beforeEachPage(() -> {
            fixture.person("bob");
            fixture.connected("bob", "grant-of-bob");
            return Optional.empty();
        });

        passAfterTheInterval();

        verifyLooks(0);
        assertThat(fixture.shown("bob")).contains("grant-of-bob");
    }

    @Test
    void grantsThatOnlyNylasKnowsAreCountedAndKept() {
        nylas.has(DeliveryFixture.grant("grant-of-another-system", "eve"));

        passAfterTheInterval();

        assertThat(row(ConnectionEntity::counts)).contains(new GrantCounts(2, 1));
        verify(fixture.nylas, never()).deleteGrant(any(), any(), any());
    }

    @Test
    void aListThatIsRefusedStopsTheOtherCallsOfTheConnection() {
        nylas.beforeEachPage(
                () -> Optional.of(Handovers.failed(FailureKind.ADMINISTRATOR, FailureReach.CONNECTION, null)));

        passAfterTheInterval();

        assertThat(fixture.parts.openBreakers()).hasSize(1);
    }

    @Test
    void aGrantWhoseDeletionIsQueuedIsKnown() {
        connected("bob");
        fixture.unlinked("ada");
        fixture.parts.evidence.process();
        fixture.parts.attributes.writeDue();

        passAfterTheInterval();

        assertThat(row(ConnectionEntity::counts)).contains(new GrantCounts(2, 0));
    }

    @Test
    void mailboxesOfAnEarlierVersionAreReconciledAsWell() {
        Rows.sql(
                fixture,
                em -> em.createNativeQuery("update NYLAS_GRANT set CONNECTION_HASH = null")
                        .executeUpdate());
        nylas.expires("grant-of-ada");

        passAfterTheInterval();

        assertThat(fixture.state("ada")).contains(GrantState.RECONNECT);
    }

    @Test
    void mailboxesOfANewerVersionAreLeftAlone() {
        Rows.grantsOfANewerVersion(fixture);
        nylas.deletes("grant-of-ada");

        passAfterTheInterval();

        verifyLooks(0);
        assertThat(row(ConnectionEntity::counts)).contains(new GrantCounts(0, 0));
    }
}
