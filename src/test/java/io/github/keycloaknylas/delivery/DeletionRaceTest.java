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

    private final Workshop shop;
    private final FakeGrants grants = new FakeGrants("ada");
    private final int rounds;
    private volatile String dueGrant;

    DeletionRaceTest(Engine engine) {
        shop = new Workshop(engine);
        rounds = engine == Engine.H2 ? 1_000 : 100;
    }

    @BeforeEach
    void adasGrantIsDueForDeletion() {
        grants.answer(shop.nylas);
        signIn();
        shop.handOver();
        dueForDeletion();
    }

    private void dueForDeletion() {
        dueGrant = shop.read("ada", row -> row.ownGrant().orElseThrow().hash());
        shop.unlinked("ada");
        shop.parts.evidence.process();
        shop.parts.attributes.writeDue();
        shop.clock.forward(Workshop.GRACE);
    }

    private void signIn() {
        shop.link("ada", "ada");
        shop.waiting("ada", "token-" + shop.now());
    }

    private Optional<String> connectedTo() {
        return shop.state("ada").filter(GrantState.CONNECTED::equals).isPresent()
                ? shop.read("ada", GrantEntity::ownGrant).map(ConnectedGrant::grantId)
                : Optional.empty();
    }

    private void assertNotConnectedToADeletedGrant() {
        connectedTo().ifPresent(grant -> assertThat(grants.exists(grant)).isTrue());
    }

    /** What waits is handed over in the end. */
    private void assertConnectedInTheEnd() {
        for (int i = 0; i < 10 && connectedTo().isEmpty(); i++) {
            shop.clock.forward(Duration.ofSeconds(5));
            shop.handOver();
        }
        assertThat(connectedTo()).isPresent();
        assertNotConnectedToADeletedGrant();
    }

    /** The sign-in begins with the deletion, after its lease, or after its request was sent. */
    private BooleanSupplier beginning(int round) {
        return switch (round % 3) {
            case 0 -> () -> true;
            case 1 ->
                () -> shop.jobs.call(session -> Deletions.of(session)
                        .find(dueGrant)
                        .filter(row -> row.isLeased(shop.now()))
                        .isPresent());
            default -> grants::isDeleting;
        };
    }

    @Test
    void aSignInBeforeTheCheckKeepsTheGrant() throws InterruptedException {
        LeasedDeletion leased = shop.parts.deletionQueue.next().orElseThrow();
        signIn();
        shop.unlink("ada");

        shop.parts.deletions.make(leased);

        assertThat(grants.deleted()).isZero();
        shop.link("ada", "ada");
        assertConnectedInTheEnd();
    }

    @Test
    void aHandoverUnderWayKeepsTheGrant() throws InterruptedException {
        signIn();
        PreparedHandover call = shop.parts
                .leases
                .next()
                .flatMap(shop.parts.preparation::prepare)
                .orElseThrow();
        shop.unlink("ada");

        shop.delete();
        shop.parts.handovers.make(call);

        assertThat(grants.deleted()).isZero();
        assertThat(connectedTo()).contains("grant-1");
    }

    @Test
    void anAnswerThatArrivesDuringTheDeletionIsNotRecorded() throws InterruptedException {
        LeasedDeletion leased = shop.parts.deletionQueue.next().orElseThrow();
        assertThat(shop.parts.deletionQueue.verdict(leased)).isEqualTo(DeletionCheck.Verdict.DELETE);
        signIn();

        shop.handOver();

        assertThat(connectedTo()).isEmpty();
        assertThat(shop.read("ada", GrantEntity::waitingToken)).isPresent();
    }

    @Test
    void aDeletionRacedAgainstAHandoverNeverLeavesADeletedGrantConnected() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < rounds; round++) {
                BooleanSupplier begins = beginning(round);
                Future<Boolean> deletion = threads.submit(() -> shop.delete());
                Future<Boolean> handover = threads.submit(() -> {
                    while (!begins.getAsBoolean() && !deletion.isDone()) {
                        Thread.onSpinWait();
                    }
                    signIn();
                    return shop.handOver();
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
