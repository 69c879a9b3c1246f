package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.DeletionReason;
import io.github.keycloaknylas.ledger.EvidenceEntity;
import io.github.keycloaknylas.ledger.LastFailure;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Many deletions of one provider within a day stop until an administrator confirms them. */
@OnEveryDatabase
class DeletionLimitTest {

    private final Workshop shop;

    DeletionLimitTest(Engine engine) {
        shop = new Workshop(engine);
    }

    private void connected(int mailboxes) {
        Mailboxes.connected(shop, Mailboxes.named("person-", mailboxes));
    }

    private void lost(int mailboxes) {
        Mailboxes.end(shop, DeletionReason.UNLINKED, Mailboxes.named("person-", mailboxes));
    }

    private void lost(DeletionReason reason, int from, int to) {
        String[] names = Mailboxes.named("person-", to);
        Mailboxes.end(shop, reason, Arrays.copyOfRange(names, from, to));
    }

    private void deleteOnce() {
        shop.clock.forward(Workshop.GRACE);
        shop.delete();
    }

    private void verifyDeleted(int grants) {
        verify(shop.nylas, times(grants)).deleteGrant(any(), any(), any());
    }

    private void assertStopped() {
        verify(shop.nylas, never()).deleteGrant(any(), any(), any());
        verify(shop.advice, atLeastOnce())
                .warn(eq("realm-name"), eq(Workshop.ALIAS), contains("until an administrator confirms"));
    }

    @Test
    void twentyMayBeLostHoweverFewThereWere() {
        connected(20);
        lost(20);

        shop.clock.forward(Workshop.GRACE);
        while (shop.delete()) {}

        verifyDeleted(20);
    }

    @Test
    void moreThanTwentyAndMoreThanFivePercentWaitForAnAdministrator() {
        connected(21 + 398);
        lost(21);

        deleteOnce();

        assertStopped();
        assertThat(Arrays.stream(Mailboxes.named("grant-of-person-", 21))
                        .flatMap(id -> shop.deletion(id, DeletionEntity::failure).orElseThrow().stream())
                        .map(LastFailure::failureClass))
                .containsExactly("confirmation");
    }

    @Test
    void fivePercentMayBeLostHoweverManyTheyAre() {
        connected(21 + 399);
        lost(21);

        deleteOnce();

        verifyDeleted(1);
    }

    @Test
    void deletionsThatFallDueOnDifferentDaysAreNotAddedUp() {
        connected(22);
        lost(DeletionReason.UNLINKED, 0, 11);
        shop.clock.forward(Duration.ofDays(1).plusMillis(1));
        lost(DeletionReason.UNLINKED, 11, 22);

        shop.delete();

        verifyDeleted(1);
    }

    @Test
    void deletionsThatFallDueWithinADayAreAddedUpWhetherDoneOrNot() {
        connected(40);
        lost(DeletionReason.UNLINKED, 0, 20);
        shop.clock.forward(Workshop.GRACE);
        while (shop.delete()) {}
        verifyDeleted(20);
        shop.clock.forward(Duration.ofHours(-25));
        lost(DeletionReason.MOVED, 20, 21);
        shop.clock.forward(Duration.ofHours(25));

        assertThat(shop.delete()).isTrue();

        verifyDeleted(20);
    }

    @Test
    void deletionsThatFallDueDuringTheNextDayCountAsWell() {
        connected(40);
        lost(DeletionReason.UNLINKED, 0, 1);
        shop.clock.forward(Duration.ofHours(1));
        lost(DeletionReason.UNLINKED, 1, 22);
        shop.clock.forward(Workshop.GRACE.minusHours(1));

        assertThat(shop.delete()).isTrue();

        assertStopped();
    }

    @Test
    void whatAnAdministratorConfirmedIsDeleted() {
        connected(30);
        lost(30);
        deleteOnce();
        assertStopped();

        Rows.sql(
                shop,
                em -> em.createNativeQuery("update NYLAS_DELETION set CONFIRMED_AT = 1")
                        .executeUpdate());
        shop.clock.forward(Duration.ofHours(1));
        while (shop.delete()) {}

        verifyDeleted(30);
    }

    @Test
    void replacedGrantsAreNoLoss() {
        connected(30);
        lost(DeletionReason.REPLACED, 0, 30);

        shop.clock.forward(Workshop.GRACE);
        while (shop.delete()) {}

        verifyDeleted(30);
    }

    @Test
    void aReplacedGrantIsDeletedWhileLossesWait() {
        connected(31);
        lost(DeletionReason.UNLINKED, 1, 31);
        shop.clock.forward(Duration.ofMillis(-1));
        lost(DeletionReason.REPLACED, 0, 1);
        shop.clock.forward(Duration.ofMillis(1));

        deleteOnce();

        verify(shop.nylas).deleteGrant(any(), eq("grant-of-person-0"), any());
    }

    @Test
    void theLossesOfOneProviderStopNoOther() {
        connected(30);
        lost(30);
        shop.clock.forward(Duration.ofMillis(-1));
        shop.keycloak.provider(Workshop.REALM, "entra", Map.of());
        shop.keycloak.link(Workshop.REALM, "ada", "entra", "ada");
        Mailbox elsewhere = new Mailbox(Workshop.REALM, "entra", "ada");
        shop.connected(elsewhere, "ada", "grant-1");
        shop.keycloak.unlink(Workshop.REALM, "ada", "entra");
        shop.evidence(EvidenceEntity.linkRemoved(elsewhere, "ada", shop.now()));
        shop.parts.evidence.process();
        shop.clock.forward(Duration.ofMillis(1));

        deleteOnce();

        verify(shop.nylas).deleteGrant(any(), eq("grant-1"), any());
    }
}
