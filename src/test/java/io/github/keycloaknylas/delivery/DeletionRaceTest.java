package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.Deletions;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A deletion that meets a handover of the same mailbox: no mailbox is ever connected to a deleted grant. */
@OnEveryDatabase
class DeletionRaceTest {

    private final DeliveryFixture fixture;
    private final FakeGrants grants = new FakeGrants("ada");
    private final int rounds;
    private volatile String dueGrant;

    DeletionRaceTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
        rounds = engine == Engine.H2 ? 1_000 : 100;
    }

    @BeforeEach
    void adasGrantIsDueForDeletion() {
        grants.answer(fixture.nylas);
        signIn();
        fixture.handOver();
        dueForDeletion();
    }

    private void dueForDeletion() {
        dueGrant = fixture.read("ada", row -> row.ownGrant().orElseThrow().hash());
        fixture.unlinked("ada");
        fixture.parts.evidence.process();
        fixture.parts.attributes.writeDue();
        fixture.clock.forward(DeliveryFixture.GRACE);
    }

    private void signIn() {
        fixture.link("ada", "ada");
        fixture.waiting("ada", "token-" + fixture.now());
    }

    private Optional<String> connectedTo() {
        return fixture.state("ada").filter(GrantState.CONNECTED::equals).isPresent()
                ? fixture.read("ada", GrantEntity::ownGrant).map(ConnectedGrant::grantId)
                : Optional.empty();
    }

    private void assertNotConnectedToADeletedGrant() {
        connectedTo().ifPresent(grant -> assertThat(grants.exists(grant)).isTrue());
    }

    /** What waits is handed over in the end. */
    private void assertConnectedInTheEnd() {
        for (int i = 0; i < 10 && connectedTo().isEmpty(); i++) {
            fixture.clock.forward(Duration.ofSeconds(5));
            fixture.handOver();
        }
        assertThat(connectedTo()).isPresent();
        assertNotConnectedToADeletedGrant();
    }

    /** The sign-in begins with the deletion, after its lease, or after its request was sent. */
    private BooleanSupplier beginning(int round) {
        return switch (round % 3) {
            case 0 -> () -> true;
            case 1 ->
                () -> fixture.transactions.call(session -> Deletions.of(session)
                        .find(dueGrant)
                        .filter(row -> row.isLeased(fixture.now()))
                        .isPresent());
            default -> grants::isDeleting;
        };
    }

    @Test
    void aSignInBeforeTheCheckKeepsTheGrant() throws InterruptedException {
        LeasedDeletion leased = fixture.parts.deletionQueue.next().orElseThrow();
        signIn();
        fixture.unlink("ada");

        fixture.parts.deletions.make(leased);

        assertThat(grants.deleted()).isZero();
        fixture.link("ada", "ada");
        assertConnectedInTheEnd();
    }

    @Test
    void aHandoverUnderWayKeepsTheGrant() throws InterruptedException {
        signIn();
        PreparedHandover call = fixture.parts
                .leases
                .next()
                .flatMap(fixture.parts.preparation::prepare)
                .orElseThrow();
        fixture.unlink("ada");

        fixture.delete();
        fixture.parts.handovers.make(call);

        assertThat(grants.deleted()).isZero();
        assertThat(connectedTo()).contains("grant-1");
    }

    @Test
    void anAnswerThatArrivesDuringTheDeletionIsNotRecorded() throws InterruptedException {
        LeasedDeletion leased = fixture.parts.deletionQueue.next().orElseThrow();
        assertThat(fixture.parts.deletionQueue.verdict(leased)).isEqualTo(DeletionCheck.Verdict.DELETE);
        signIn();

        fixture.handOver();

        assertThat(connectedTo()).isEmpty();
        assertThat(fixture.read("ada", GrantEntity::waitingToken)).isPresent();
    }

    @Test
    void aDeletionRacedAgainstAHandoverNeverLeavesADeletedGrantConnected() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < rounds; round++) {
                BooleanSupplier begins = beginning(round);
                Future<Boolean> deletion = threads.submit(() -> fixture.delete());
                Future<Boolean> handover = threads.submit(() -> {
                    while (!begins.getAsBoolean() && !deletion.isDone()) {
                        Thread.onSpinWait();
                    }
                    signIn();
                    return fixture.handOver();
                });
                deletion.get();
                handover.get();

                assertNotConnectedToADeletedGrant();
                assertConnectedInTheEnd();
                dueForDeletion();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(grants.deleted()).isGreaterThanOrEqualTo(rounds / 3);
    }
}
