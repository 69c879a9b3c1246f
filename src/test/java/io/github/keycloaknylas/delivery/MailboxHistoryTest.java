package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.EvidenceEntity;
import io.github.keycloaknylas.ledger.History;
import io.github.keycloaknylas.ledger.HistoryEntry;
import io.github.keycloaknylas.ledger.HistorySource;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.nylas.FailureReach;
import io.github.keycloaknylas.nylas.NylasGrant;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What happens to a mailbox leaves one entry in its history, and what changes nothing leaves none. */
@OnEveryDatabase
class MailboxHistoryTest {

    private static final Mailbox ADA = DeliveryFixture.mailbox("ada");

    private final DeliveryFixture fixture;

    MailboxHistoryTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
    }

    /** The oldest first, each as: event reason source grant. */
    private List<String> history(Mailbox mailbox) {
        List<HistoryEntry> entries = fixture.transactions.call(
                session -> History.of(session).ofMailbox(mailbox.hash(), HistoryEntry.Cursor.NEWEST, 100));
        List<String> lines = new ArrayList<>();
        entries.forEach(entry ->
                lines.add(0, entry.event() + " " + entry.reason() + " " + entry.source() + " " + entry.grantId()));
        return lines;
    }

    private List<String> history() {
        return history(ADA);
    }

    private void refused() {
        fixture.clock.forward(Duration.ofMinutes(1));
        fixture.waiting("ada", "token");
        fixture.connects(Handovers.failed(FailureKind.SIGN_IN_AGAIN, null, null));
        fixture.handOver();
    }

    private void answered(String grantId, String name) {
        fixture.clock.forward(Duration.ofMinutes(1));
        fixture.waiting("ada", "token");
        fixture.connects(new CallResult.Done<>(DeliveryFixture.grant(grantId, name), "request-1"));
        fixture.handOver();
    }

    private void reported(HistorySource source, Optional<NylasGrant> answer) {
        fixture.reports("grant-1", new CallResult.Done<>(answer, "request-1"));
        try {
            fixture.parts.look(source).look("https://api.us.nylas.com", DeliveryFixture.APPLICATION, "grant-1");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static NylasGrant invalid() {
        NylasGrant valid = DeliveryFixture.grant("grant-1", "ada");
        return new NylasGrant("grant-1", valid.email(), valid.providerUserId(), valid.scopes(), false, null);
    }

    private void process() {
        fixture.parts.evidence.process();
        fixture.parts.attributes.writeDue();
    }

    @Test
    void aSignInAloneLeavesNoEntry() {
        fixture.waiting("ada", "token");

        assertThat(history()).isEmpty();
    }

    @Test
    void everyHandoverLeavesOneEntry() {
        fixture.connected("ada", "grant-1");
        fixture.clock.forward(Duration.ofMinutes(1));
        fixture.connected("ada", "grant-1");

        assertThat(history()).containsExactly("CONNECTED null sign-in grant-1", "CONNECTED null sign-in grant-1");
    }

    @Test
    void aGrantThatIsReplacedIsReleasedBeforeTheNewOne() {
        fixture.connected("ada", "grant-1");
        fixture.clock.forward(Duration.ofMinutes(1));
        fixture.connected("ada", "grant-2");

        assertThat(history())
                .containsExactly(
                        "CONNECTED null sign-in grant-1",
                        "RELEASED replaced sign-in grant-1",
                        "CONNECTED null sign-in grant-2");
    }

    @Test
    void aRefusalLeavesOneEntryHoweverOftenItIsRepeated() {
        fixture.connected("ada", "grant-1");
        refused();
        refused();

        assertThat(history())
                .containsExactly("CONNECTED null sign-in grant-1", "REFUSED sign_in_again sign-in grant-1");
    }

    @Test
    void aHeldGrantLeavesOneEntryPerReason() {
        answered("grant-9", "eve");
        answered("grant-9", "eve");

        assertThat(history()).containsExactly("HELD other_mailbox sign-in grant-9");
    }

    @Test
    void whatIsTriedAgainLeavesNoEntry() {
        fixture.waiting("ada", "token");
        fixture.connects(Handovers.failed(FailureKind.TEMPORARY, null, null));
        fixture.handOver();
        fixture.clock.forward(Duration.ofHours(1));
        fixture.connects(Handovers.failed(FailureKind.ADMINISTRATOR, FailureReach.ROW, null));
        fixture.handOver();

        assertThat(history()).isEmpty();
    }

    @Test
    void aResultThatIsNotRecordedLeavesNoEntry() {
        Handovers handovers = new Handovers(fixture);
        PreparedHandover lost = handovers.prepared("ada");
        fixture.clock.forward(DeliveryFixture.LEASE);
        handovers.next().orElseThrow();

        new Recorder(fixture.transactions, fixture.clock, DeliveryFixture.GRACE)
                .granted(lost, DeliveryFixture.APPLICATION, DeliveryFixture.grant("grant-1", "ada"));

        assertThat(history()).isEmpty();
    }

    @Test
    void aTokenThatOutlivedItsRetentionLeavesOneEntry() {
        fixture.waiting("ada", "token");
        fixture.clock.forward(DeliveryFixture.SETTINGS.retention().plusMillis(1));

        fixture.parts.cleanup.run();
        fixture.parts.cleanup.run();

        assertThat(history()).containsExactly("DISCARDED token_outlived workers null");
    }

    @Test
    void aUserForWhomNoGrantIsLeftHasOneEntryHoweverManySignIns() {
        fixture.keycloak.provider(DeliveryFixture.REALM, DeliveryFixture.ALIAS, Map.of("maximumGrants", "0"));
        for (int signIn = 0; signIn < 3; signIn++) {
            fixture.clock.forward(Duration.ofMinutes(1));
            fixture.waiting("ada", "token");
            fixture.handOver();
            fixture.parts.attributes.writeDue();
            assertThat(fixture.exists("ada")).isFalse();
        }

        assertThat(history()).containsExactly("DISCARDED no_grant_left sign-in null");
    }

    @Test
    void whatNylasReportsLeavesAnEntryOnlyIfItIsNew() {
        fixture.connected("ada", "grant-1");
        reported(HistorySource.RECONCILIATION, Optional.of(DeliveryFixture.grant("grant-1", "ada")));
        reported(HistorySource.NYLAS, Optional.of(invalid()));
        reported(HistorySource.NYLAS, Optional.of(invalid()));
        reported(HistorySource.RECONCILIATION, Optional.of(DeliveryFixture.grant("grant-1", "ada")));
        reported(HistorySource.NYLAS, Optional.empty());
        reported(HistorySource.NYLAS, Optional.empty());

        assertThat(history())
                .containsExactly(
                        "CONNECTED null sign-in grant-1",
                        "EXPIRED null nylas grant-1",
                        "VALID_AGAIN null reconciliation grant-1",
                        "MISSING null nylas grant-1");
    }

    @Test
    void aGrantThatIsAnotherMailboxByNowIsHeld() {
        fixture.connected("ada", "grant-1");

        reported(HistorySource.NYLAS, Optional.of(DeliveryFixture.grant("grant-1", "eve")));

        assertThat(history()).endsWith("HELD other_mailbox nylas grant-1");
    }

    @Test
    void anUnlinkedAccountAndItsDeletionLeaveAnEntryEach() {
        fixture.connected("ada", "grant-1");
        fixture.unlinked("ada");
        process();
        fixture.clock.forward(DeliveryFixture.GRACE);
        fixture.delete();

        assertThat(fixture.exists("ada")).isFalse();
        assertThat(history())
                .containsExactly(
                        "CONNECTED null sign-in grant-1",
                        "RELEASED unlinked keycloak grant-1",
                        "DELETED unlinked workers grant-1");
    }

    @Test
    void whatWasRemovedWithTheUserIsFoundByTheUser() {
        fixture.connected("ada", "grant-1");
        fixture.keycloak.removeUser(DeliveryFixture.REALM, "ada");
        fixture.evidence(EvidenceEntity.userRemoved(DeliveryFixture.REALM, "ada", fixture.now()));

        process();

        List<HistoryEntry> entries = fixture.transactions.call(
                session -> History.of(session).ofUser(DeliveryFixture.REALM, "ada", HistoryEntry.Cursor.NEWEST, 10));
        assertThat(entries).extracting(HistoryEntry::reason).containsExactly("user_removed", null);
    }

    @Test
    void anAdministratorWhoConfirmsThatALinkIsGoneIsItsSource() {
        fixture.connected("ada", "grant-1");
        fixture.unlink("ada");
        fixture.evidence(EvidenceEntity.confirmed(ADA, "ada", fixture.now()));

        process();

        assertThat(history()).endsWith("RELEASED confirmed administrator grant-1");
    }

    @Test
    void aTokenThatWaitedWhenItsAccountWasUnlinkedIsDiscardedOnce() {
        fixture.waiting("ada", "token");
        fixture.unlinked("ada");

        process();
        process();

        assertThat(history()).containsExactly("DISCARDED unlinked keycloak null");
    }

    @Test
    void aCallThatIsUnderWayWhenTheAccountIsUnlinkedIsRecordedBetweenTheTwoEntriesOfTheUnlink() {
        PreparedHandover handover = new Handovers(fixture).prepared("ada");
        fixture.unlinked("ada");
        fixture.parts.evidence.process();
        fixture.parts.evidence.process();
        new Recorder(fixture.transactions, fixture.clock, DeliveryFixture.GRACE)
                .granted(handover, DeliveryFixture.APPLICATION, DeliveryFixture.grant("grant-1", "ada"));

        process();

        assertThat(history())
                .containsExactly(
                        "DISCARDED unlinked keycloak null",
                        "CONNECTED null sign-in grant-1",
                        "RELEASED unlinked keycloak grant-1");
    }

    @Test
    void aUserWhoIsNoLongerEligibleLosesTheGrant() {
        fixture.keycloak.provider(DeliveryFixture.REALM, DeliveryFixture.ALIAS, Map.of("whenIneligible", "delete"));
        fixture.connected("ada", "grant-1");
        fixture.keycloak.enable(DeliveryFixture.REALM, "ada", false);

        fixture.parts.sweep.step();
        fixture.delete();

        assertThat(history()).endsWith("RELEASED ineligible keycloak grant-1", "DELETED ineligible workers grant-1");
    }

    @Test
    void theHistoryFollowsARenamedProvider() {
        Mailbox renamed = new Mailbox(DeliveryFixture.REALM, "entra", "ada");
        fixture.connected("ada", "grant-1");
        fixture.keycloak.provider(DeliveryFixture.REALM, "entra", Map.of());
        fixture.unlink("ada");
        fixture.keycloak.link(DeliveryFixture.REALM, "ada", "entra", "ada");
        fixture.evidence(EvidenceEntity.linkRenamed(ADA, "ada", "entra", fixture.now()));

        process();

        assertThat(history()).isEmpty();
        assertThat(history(renamed)).containsExactly("CONNECTED null sign-in grant-1");
    }
}
