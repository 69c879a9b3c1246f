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
        return Stream.generate(shop.parts.deletionQueue::next)
                .takeWhile(leased -> leased.isPresent())
                .map(leased -> leased.orElseThrow().grantId())
                .toList();
    }

    /** A mailbox of another Nylas application whose grant is queued for deletion. */
    private void unlinkedInAnotherApplication(String name) {
        shop.options.with("nylas-connection/other/api-key", "other-key");
        shop.application("other-key", "application-2");
        shop.keycloak.provider(Workshop.REALM, OTHER_ALIAS, Map.of("connection", "other"));
        shop.keycloak.user(Workshop.REALM, name);
        shop.keycloak.link(Workshop.REALM, name, OTHER_ALIAS, name);
        Mailbox mailbox = new Mailbox(Workshop.REALM, OTHER_ALIAS, name);
        shop.connected(mailbox, name, "grant-of-" + name);
        shop.keycloak.unlink(Workshop.REALM, name, OTHER_ALIAS);
        shop.evidence(EvidenceEntity.linkRemoved(mailbox, name, shop.now()));
        shop.parts.evidence.process();
    }

    @Test
    void theLongestOverdueComesFirst() {
        alsoUnlinked("bob", "cleo", "dan", "eve");
        shop.clock.forward(Workshop.GRACE);

        assertThat(leaseAll())
                .containsExactly("grant-1", "grant-of-bob", "grant-of-cleo", "grant-of-dan", "grant-of-eve");
    }

    @Test
    void applicationsTakeTurns() {
        alsoUnlinked("bob", "cleo", "dan");
        unlinkedInAnotherApplication("eve");
        shop.clock.forward(Workshop.GRACE);

        assertThat(leaseAll().subList(0, 2)).contains("grant-of-eve");
    }

    @Test
    void aLeasedDeletionIsLeasedByNoOtherWorker() {
        shop.clock.forward(Workshop.GRACE);
        assertThat(shop.parts.deletionQueue.next()).isPresent();

        assertThat(shop.node().deletionQueue.next()).isEmpty();
        shop.clock.forward(Workshop.DELETION_LEASE.minusMillis(1));
        assertThat(shop.node().deletionQueue.next()).isEmpty();
    }

    @Test
    void afterTheEndOfTheLeaseAnotherWorkerTakesOver() {
        shop.clock.forward(Workshop.GRACE);
        shop.parts.deletionQueue.next().orElseThrow();

        shop.clock.forward(Workshop.DELETION_LEASE);

        assertThat(shop.delete(shop.node())).isTrue();
        assertThat(isDone("grant-1")).isTrue();
    }

    @Test
    void duringADeletionNoOtherWorkerDeletes() {
        meanwhile(() -> shop.delete(shop.node()));

        afterTheGrace();

        verify(shop.nylas, times(1)).deleteGrant(any(), any(), any());
    }

    @Test
    void aWorkerThatLostItsLeaseRecordsNothing() {
        List<LeasedDeletion> others = new ArrayList<>();
        meanwhile(
                () -> {
                    shop.clock.forward(Workshop.DELETION_LEASE);
                    others.add(shop.node().deletionQueue.next().orElseThrow());
                },
                temporarily(null));

        afterTheGrace();

        assertThat(shop.deletion("grant-1", DeletionEntity::attempts)).contains(0);
        String lease = others.get(0).lease().token();
        assertThat(shop.deletion("grant-1", deletion -> deletion.isLeasedBy(lease)))
                .contains(true);
    }

    @Test
    void aWorkerThatLostItsLeaseBeforeTheCheckDeletesNothing() throws InterruptedException {
        shop.clock.forward(Workshop.GRACE);
        LeasedDeletion slow = shop.parts.deletionQueue.next().orElseThrow();
        shop.clock.forward(Workshop.DELETION_LEASE);
        shop.node().deletionQueue.next().orElseThrow();

        shop.parts.deletions.make(slow);

        verifyNothingDeleted();
        assertThat(shop.deletion("grant-1", deletion -> true)).isPresent();
    }

    @Test
    void twentyDeletionsWhoseLookUpThrowsStopNoOther() {
        String[] names = Mailboxes.named("person-", 20);
        Mailboxes.connected(shop, names);
        Mailboxes.end(shop, DeletionReason.UNLINKED, names);
        shop.clock.forward(Duration.ofMillis(1));
        shop.person("zoe");
        shop.connected("zoe", "grant-of-zoe");
        unlink("zoe");
        Rows.sql(
                shop,
                em -> em.createNativeQuery("update NYLAS_DELETION set CONFIRMED_AT = 1")
                        .executeUpdate());
        FailingLinks links = new FailingLinks(shop.keycloak.links(), name -> name.startsWith("person-"));
        DeliveryParts node = shop.node(links);
        shop.clock.forward(Workshop.GRACE);

        for (int i = 0; i < 22; i++) {
            assertThat(shop.delete(node)).isTrue();
        }

        verify(shop.nylas).deleteGrant(any(), eq("grant-of-zoe"), any());
        verify(shop.nylas).deleteGrant(any(), eq("grant-1"), any());
        assertThat(failureClass("grant-of-person-0")).contains("not_checked");
        assertThat(wait("grant-of-person-0")).contains(Duration.ofMinutes(5));
        links.recover();
        shop.clock.forward(Duration.ofMinutes(5));
        while (shop.delete(node)) {}
        verify(shop.nylas).deleteGrant(any(), eq("grant-of-person-0"), any());
    }
}
