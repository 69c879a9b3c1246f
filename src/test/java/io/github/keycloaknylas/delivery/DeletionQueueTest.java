package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.DeletionReason;
import io.github.keycloaknylas.ledger.EvidenceEntity;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each due deletion is leased by one worker, and none keeps the others waiting. */
@OnEveryDatabase
class DeletionQueueTest extends DeletionTestBase {

    DeletionQueueTest(Engine engine) {
        super(engine);
    }

    private List<String> leaseAll() {
        return Stream.generate(fixture.parts.deletionQueue::next)
                .takeWhile(leased -> leased.isPresent())
                .map(leased -> leased.orElseThrow().grantId())
                .toList();
    }

    /** A mailbox of another Nylas application whose grant is queued for deletion. */
    private void unlinkedInAnotherApplication(String name) {
        fixture.options.with("nylas-connection/other/api-key", "other-key");
        fixture.application("other-key", "application-2");
        fixture.keycloak.provider(DeliveryFixture.REALM, OTHER_ALIAS, Map.of("connection", "other"));
        fixture.keycloak.user(DeliveryFixture.REALM, name);
        fixture.keycloak.link(DeliveryFixture.REALM, name, OTHER_ALIAS, name);
        Mailbox mailbox = new Mailbox(DeliveryFixture.REALM, OTHER_ALIAS, name);
        fixture.connected(mailbox, name, "grant-of-" + name);
        fixture.keycloak.unlink(DeliveryFixture.REALM, name, OTHER_ALIAS);
        fixture.evidence(EvidenceEntity.linkRemoved(mailbox, name, fixture.now()));
        fixture.parts.evidence.process();
    }

    @Test
    void theLongestOverdueComesFirst() {
        alsoUnlinked("bob", "cleo", "dan", "eve");
        fixture.clock.forward(DeliveryFixture.GRACE);

        assertThat(leaseAll())
                .containsExactly("grant-1", "grant-of-bob", "grant-of-cleo", "grant-of-dan", "grant-of-eve");
    }

    @Test
    void applicationsTakeTurns() {
        alsoUnlinked("bob", "cleo", "dan");
        unlinkedInAnotherApplication("eve");
        fixture.clock.forward(DeliveryFixture.GRACE);

        assertThat(leaseAll().subList(0, 2)).contains("grant-of-eve");
    }

    @Test
    void aLeasedDeletionIsLeasedByNoOtherWorker() {
        fixture.clock.forward(DeliveryFixture.GRACE);
        assertThat(fixture.parts.deletionQueue.next()).isPresent();

        assertThat(fixture.node().deletionQueue.next()).isEmpty();
        fixture.clock.forward(DeliveryFixture.DELETION_LEASE.minusMillis(1));
        assertThat(fixture.node().deletionQueue.next()).isEmpty();
    }

    @Test
    void afterTheEndOfTheLeaseAnotherWorkerTakesOver() {
        fixture.clock.forward(DeliveryFixture.GRACE);
        fixture.parts.deletionQueue.next().orElseThrow();

        fixture.clock.forward(DeliveryFixture.DELETION_LEASE);

        assertThat(fixture.delete(fixture.node())).isTrue();
        assertThat(isDone("grant-1")).isTrue();
    }

    @Test
    void duringADeletionNoOtherWorkerDeletes() {
        meanwhile(() -> fixture.delete(fixture.node()));

        afterTheGrace();

        verify(fixture.nylas, times(1)).deleteGrant(any(), any(), any());
    }

    @Test
    void aWorkerThatLostItsLeaseRecordsNothing() {
        List<LeasedDeletion> others = new ArrayList<>();
        meanwhile(
                () -> {
                    fixture.clock.forward(DeliveryFixture.DELETION_LEASE);
                    others.add(fixture.node().deletionQueue.next().orElseThrow());
                },
                temporarily(null));

        afterTheGrace();

        assertThat(fixture.deletion("grant-1", DeletionEntity::attempts)).contains(0);
        String lease = others.get(0).lease().token();
        assertThat(fixture.deletion("grant-1", deletion -> deletion.isLeasedBy(lease)))
                .contains(true);
    }

    @Test
    void aWorkerThatLostItsLeaseBeforeTheCheckDeletesNothing() throws InterruptedException {
        fixture.clock.forward(DeliveryFixture.GRACE);
        LeasedDeletion slow = fixture.parts.deletionQueue.next().orElseThrow();
        fixture.clock.forward(DeliveryFixture.DELETION_LEASE);
        fixture.node().deletionQueue.next().orElseThrow();

        fixture.parts.deletions.make(slow);

        verifyNothingDeleted();
        assertThat(fixture.deletion("grant-1", deletion -> true)).isPresent();
    }

    @Test
    void twentyDeletionsWhoseLookUpThrowsStopNoOther() {
        String[] names = Mailboxes.named("person-", 20);
        Mailboxes.connected(fixture, names);
        Mailboxes.end(fixture, DeletionReason.UNLINKED, names);
        fixture.clock.forward(Duration.ofMillis(1));
        fixture.person("zoe");
        fixture.connected("zoe", "grant-of-zoe");
        unlink("zoe");
        Rows.sql(
                fixture,
                em -> em.createNativeQuery("update NYLAS_DELETION set CONFIRMED_AT = 1")
                        .executeUpdate());
        FailingLinks links = new FailingLinks(fixture.keycloak.links(), name -> name.startsWith("person-"));
        DeliveryParts node = fixture.node(links);
        fixture.clock.forward(DeliveryFixture.GRACE);

        for (int i = 0; i < 22; i++) {
            assertThat(fixture.delete(node)).isTrue();
        }

        verify(fixture.nylas).deleteGrant(any(), eq("grant-of-zoe"), any());
        verify(fixture.nylas).deleteGrant(any(), eq("grant-1"), any());
        assertThat(failureClass("grant-of-person-0")).contains("not_checked");
        assertThat(wait("grant-of-person-0")).contains(Duration.ofMinutes(5));
        links.recover();
        fixture.clock.forward(Duration.ofMinutes(5));
        while (fixture.delete(node)) {}
        verify(fixture.nylas).deleteGrant(any(), eq("grant-of-person-0"), any());
    }
}
