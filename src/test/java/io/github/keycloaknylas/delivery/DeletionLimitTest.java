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

    private final DeliveryFixture fixture;

    DeletionLimitTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
    }

    private void connected(int mailboxes) {
        Mailboxes.connected(fixture, Mailboxes.named("person-", mailboxes));
    }

    private void lost(int mailboxes) {
        Mailboxes.end(fixture, DeletionReason.UNLINKED, Mailboxes.named("person-", mailboxes));
    }

    private void lost(DeletionReason reason, int from, int to) {
        String[] names = Mailboxes.named("person-", to);
        Mailboxes.end(fixture, reason, Arrays.copyOfRange(names, from, to));
    }

    private void deleteOnce() {
        fixture.clock.forward(DeliveryFixture.GRACE);
        fixture.delete();
    }

    private void verifyDeleted(int grants) {
        verify(fixture.nylas, times(grants)).deleteGrant(any(), any(), any());
    }

    private void assertStopped() {
        verify(fixture.nylas, never()).deleteGrant(any(), any(), any());
        verify(fixture.warnings, atLeastOnce())
                .warn(eq("realm-name"), eq(DeliveryFixture.ALIAS), contains("until an administrator confirms"));
    }

    @Test
    void twentyMayBeLostHoweverFewThereWere() {
        connected(20);
        lost(20);

        fixture.clock.forward(DeliveryFixture.GRACE);
        while (fixture.delete()) {}

        verifyDeleted(20);
    }

    @Test
    void moreThanTwentyAndMoreThanFivePercentWaitForAnAdministrator() {
        connected(21 + 398);
        lost(21);

        deleteOnce();

        assertStopped();
        assertThat(Arrays.stream(Mailboxes.named("grant-of-person-", 21))
                        .flatMap(id -> fixture.deletion(id, DeletionEntity::failure).orElseThrow().stream())
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
        fixture.clock.forward(Duration.ofDays(1).plusMillis(1));
        lost(DeletionReason.UNLINKED, 11, 22);

        fixture.delete();

        verifyDeleted(1);
    }

    @Test
    void deletionsThatFallDueWithinADayAreAddedUpWhetherDoneOrNot() {
        connected(40);
        lost(DeletionReason.UNLINKED, 0, 20);
        fixture.clock.forward(DeliveryFixture.GRACE);
        while (fixture.delete()) {}
        verifyDeleted(20);
        fixture.clock.forward(Duration.ofHours(-25));
        lost(DeletionReason.MOVED, 20, 21);
        fixture.clock.forward(Duration.ofHours(25));

        assertThat(fixture.delete()).isTrue();

        verifyDeleted(20);
    }

    @Test
    void deletionsThatFallDueDuringTheNextDayCountAsWell() {
        connected(40);
        lost(DeletionReason.UNLINKED, 0, 1);
        fixture.clock.forward(Duration.ofHours(1));
        lost(DeletionReason.UNLINKED, 1, 22);
        fixture.clock.forward(DeliveryFixture.GRACE.minusHours(1));

        assertThat(fixture.delete()).isTrue();

        assertStopped();
    }

    @Test
    void whatAnAdministratorConfirmedIsDeleted() {
        connected(30);
        lost(30);
        deleteOnce();
        assertStopped();

        Rows.sql(
                fixture,
                em -> em.createNativeQuery("update NYLAS_DELETION set CONFIRMED_AT = 1")
                        .executeUpdate());
        fixture.clock.forward(Duration.ofHours(1));
        while (fixture.delete()) {}

        verifyDeleted(30);
    }

    @Test
    void replacedGrantsAreNoLoss() {
        connected(30);
        lost(DeletionReason.REPLACED, 0, 30);

        fixture.clock.forward(DeliveryFixture.GRACE);
        while (fixture.delete()) {}

        verifyDeleted(30);
    }

    @Test
    void aReplacedGrantIsDeletedWhileLossesWait() {
        connected(31);
        lost(DeletionReason.UNLINKED, 1, 31);
        fixture.clock.forward(Duration.ofMillis(-1));
        lost(DeletionReason.REPLACED, 0, 1);
        fixture.clock.forward(Duration.ofMillis(1));

        deleteOnce();

        verify(fixture.nylas).deleteGrant(any(), eq("grant-of-person-0"), any());
    }

    @Test
    void theLossesOfOneProviderStopNoOther() {
        connected(30);
        lost(30);
        fixture.clock.forward(Duration.ofMillis(-1));
        fixture.keycloak.provider(DeliveryFixture.REALM, "entra", Map.of());
        fixture.keycloak.link(DeliveryFixture.REALM, "ada", "entra", "ada");
        Mailbox elsewhere = new Mailbox(DeliveryFixture.REALM, "entra", "ada");
        fixture.connected(elsewhere, "ada", "grant-1");
        fixture.keycloak.unlink(DeliveryFixture.REALM, "ada", "entra");
        fixture.evidence(EvidenceEntity.linkRemoved(elsewhere, "ada", fixture.now()));
        fixture.parts.evidence.process();
        fixture.clock.forward(Duration.ofMillis(1));

        deleteOnce();

        verify(fixture.nylas).deleteGrant(any(), eq("grant-1"), any());
    }
}
