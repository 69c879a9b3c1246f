package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.capture.CaptureEntity;
import io.github.keycloaknylas.capture.CaptureRows;
import io.github.keycloaknylas.capture.Captures;
import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.DeletionReason;
import io.github.keycloaknylas.ledger.Deletions;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.History;
import io.github.keycloaknylas.ledger.HistoryEntry;
import io.github.keycloaknylas.ledger.LastFailure;
import io.github.keycloaknylas.ledger.Notice;
import io.github.keycloaknylas.ledger.NoticedGrant;
import io.github.keycloaknylas.ledger.Notices;
import io.github.keycloaknylas.ledger.SealedToken;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.KeycloakSessionFactory;

/** What is not needed any more is removed, each kind by itself. */
@OnEveryDatabase
class CleanupTest {

    private static final Duration RETENTION = DeliveryFixture.SETTINGS.retention();
    /** After four other steps, one of which takes two transactions. */
    private static final int NOTICES = 6;

    private static final int HISTORY = 7;

    private static final SealedToken TOKEN = new SealedToken("x", "k", 1);

    private final DeliveryFixture fixture;

    CleanupTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
    }

    private String abandoned() {
        return unmarked(fixture.now() - Duration.ofDays(1).toMillis());
    }

    private String unmarked(long expiresAt) {
        return fixture.transactions.call(session -> CaptureRows.unmarked(
                        session, DeliveryFixture.mailbox("ada"), TOKEN, DeliveryFixture.identity("ada"), expiresAt)
                .id());
    }

    private String marked() {
        return fixture.transactions.call(session -> CaptureRows.marked(
                        session,
                        DeliveryFixture.mailbox("ada"),
                        TOKEN,
                        DeliveryFixture.identity("ada"),
                        "ada",
                        fixture.now())
                .id());
    }

    private Optional<CaptureEntity> capture(String id) {
        return fixture.transactions.call(session -> Captures.of(session).find(id));
    }

    private boolean isSpent(String id) {
        return capture(id).orElseThrow().isSpent();
    }

    private void done() {
        fixture.connected("eve", "grant-1");
        Mailboxes.end(fixture, DeletionReason.UNLINKED, "eve");
        fixture.parts.attributes.writeDue();
        fixture.clock.forward(DeliveryFixture.GRACE);
        fixture.delete();
    }

    private static Notice of(String eventId) {
        return new Notice(
                "webhook-1",
                eventId,
                new NoticedGrant("https://api.us.nylas.com", "app", "g-1"),
                "grant.expired",
                null);
    }

    private void notice(String eventId) {
        fixture.transactions.run(session -> Notices.of(session).insert(of(eventId), fixture.now()));
    }

    private boolean isKnown(String eventId) {
        return fixture.transactions.call(session -> Notices.of(session).isKnown(of(eventId)));
    }

    private List<String> history(String name) {
        String mailbox = DeliveryFixture.mailbox(name).hash();
        return fixture.transactions.call(
                session -> History.of(session).ofMailbox(mailbox, HistoryEntry.Cursor.NEWEST, 2000).stream()
                        .map(HistoryEntry::event)
                        .toList());
    }

    private boolean isRemembered() {
        return fixture.deletion("grant-1", deletion -> true).isPresent();
    }

    @Test
    void whatAbandonedLoginsLeftIsRemovedAndWhatWasMarkedIsKept() {
        String abandoned = abandoned();
        String running = unmarked(fixture.now() + 1);
        String marked = marked();

        fixture.parts.cleanup.run();

        assertThat(capture(abandoned)).isEmpty();
        assertThat(capture(running)).isPresent();
        assertThat(isSpent(marked)).isFalse();
    }

    @Test
    void theTokenOfASignInThatCouldNotBeMergedForTooLongIsErased() {
        String marked = marked();
        fixture.clock.forward(RETENTION);
        fixture.parts.cleanup.run();
        assertThat(isSpent(marked)).isFalse();

        fixture.clock.forward(Duration.ofMillis(1));
        fixture.parts.cleanup.run();

        assertThat(isSpent(marked)).isTrue();
    }

    @Test
    void aTokenThatWaitedForTooLongIsErasedAndItsOwnerHasToSignIn() {
        fixture.waiting("ada", "token");
        fixture.clock.forward(RETENTION);
        fixture.parts.cleanup.run();
        assertThat(fixture.read("ada", GrantEntity::waitingToken)).isPresent();

        fixture.clock.forward(Duration.ofMillis(1));
        fixture.parts.cleanup.run();

        assertThat(fixture.read("ada", GrantEntity::waitingToken)).isEmpty();
        assertThat(fixture.state("ada")).contains(GrantState.RECONNECT);
        assertThat(fixture.read("ada", GrantEntity::failure).map(LastFailure::failureClass))
                .contains("token_outlived");
        verify(fixture.warnings)
                .warn(eq("realm-name"), eq(DeliveryFixture.ALIAS), contains("waited longer than 168 hours"));
    }

    @Test
    void aTokenThatIsBeingHandedOverIsNotErasedUnderTheCall() {
        fixture.waiting("ada", "token");
        fixture.clock.forward(RETENTION.plusSeconds(1));
        fixture.parts.leases.next().orElseThrow();

        fixture.parts.cleanup.run();

        assertThat(fixture.read("ada", GrantEntity::waitingToken)).isPresent();
    }

    @Test
    void oneTokenThatCannotBeErasedKeepsNoOther() {
        fixture.person("eve");
        fixture.waiting("ada", "token");
        fixture.clock.forward(Duration.ofMillis(1));
        fixture.waiting("eve", "token");
        fixture.clock.forward(RETENTION.plusMillis(1));
        doThrow(new IllegalStateException("lost"))
                .doNothing()
                .when(fixture.warnings)
                .warn(any(), any(), any());

        fixture.parts.cleanup.run();

        assertThat(fixture.read("ada", GrantEntity::waitingToken)).isPresent();
        assertThat(fixture.read("eve", GrantEntity::waitingToken)).isEmpty();
    }

    @Test
    void aDeletedGrantIsRememberedForThreeDays() {
        fixture.person("eve");
        done();
        fixture.clock.forward(Duration.ofDays(3));
        fixture.parts.cleanup.run();
        assertThat(isRemembered()).isTrue();

        fixture.clock.forward(Duration.ofMillis(1));
        fixture.parts.cleanup.run();

        assertThat(isRemembered()).isFalse();
    }

    @Test
    void aNoticeIsKeptFor48HoursSoThatItsRepetitionsAreRecognised() {
        notice("event-1");
        fixture.clock.forward(Duration.ofHours(48));
        fixture.parts.cleanup.run();
        assertThat(isKnown("event-1")).isTrue();

        fixture.clock.forward(Duration.ofMillis(1));
        notice("event-2");
        fixture.parts.cleanup.run();

        assertThat(isKnown("event-1")).isFalse();
        assertThat(isKnown("event-2")).isTrue();
    }

    @Test
    void historyIsRemovedAfterItsTimeAndNotBefore() {
        fixture.connected("ada", "grant-1");
        fixture.clock.forward(Duration.ofDays(400));
        fixture.parts.cleanup.run();
        assertThat(history("ada")).containsExactly("CONNECTED");

        fixture.clock.forward(Duration.ofMillis(1));
        fixture.parts.cleanup.run();

        assertThat(history("ada")).isEmpty();
        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void allHistoryIsRemovedOnceNoneIsKept() {
        Mailboxes.connected(fixture, Mailboxes.named("person-", 3));
        Mailboxes.end(fixture, DeletionReason.UNLINKED, Mailboxes.named("person-", 3));
        fixture.clock.forward(Duration.ofMillis(1));
        fixture.options.with("nylas-history/default/days", "0");

        fixture.parts.cleanup.run();

        assertThat(history("person-0")).isEmpty();
    }

    @Test
    void aLongHistoryIsRemovedInBatchesWithinOneRun() {
        fixture.connected("ada", "grant-1");
        Mailboxes.end(fixture, DeletionReason.UNLINKED, "ada");
        String hash = fixture.deletion("grant-1", DeletionEntity::grantHash).orElseThrow();
        fixture.transactions.run(session -> {
            DeletionEntity deletion = Deletions.of(session).find(hash).orElseThrow();
            IntStream.range(0, 1100).forEach(i -> History.of(session).deleted(deletion, fixture.now()));
        });
        fixture.clock.forward(Duration.ofDays(400).plusMillis(1));

        fixture.parts.cleanup.run();

        assertThat(history("ada")).isEmpty();
    }

    @Test
    void aDeletionThatIsNotDoneIsNeverRemoved() {
        fixture.connected("ada", "grant-1");
        Mailboxes.end(fixture, DeletionReason.UNLINKED, "ada");
        fixture.clock.forward(Duration.ofDays(400));

        fixture.parts.cleanup.run();

        assertThat(isRemembered()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, NOTICES, HISTORY})
    void aStepThatFailsStopsNoOther(int failing) {
        fixture.person("eve");
        done();
        fixture.waiting("ada", "token");
        String marked = marked();
        notice("event-1");
        fixture.options.with("nylas-history/default/days", "1");
        fixture.clock.forward(RETENTION.plusMillis(1));
        String abandoned = abandoned();
        AtomicInteger sessions = new AtomicInteger();
        KeycloakSessionFactory factory = mock(KeycloakSessionFactory.class);
        when(factory.create()).thenAnswer(call -> {
            if (sessions.incrementAndGet() == failing) {
                throw new IllegalStateException("The database does not answer");
            }
            return fixture.keycloak.session();
        });

        new Cleanup(new Transactions(factory), fixture.clock, RETENTION, fixture.warnings).run();

        assertThat(capture(abandoned).isPresent()).isEqualTo(failing == 1);
        assertThat(isSpent(marked)).isEqualTo(failing != 2);
        assertThat(isRemembered()).isEqualTo(failing == 3);
        assertThat(fixture.read("ada", GrantEntity::waitingToken).isPresent()).isEqualTo(failing == 4);
        assertThat(isKnown("event-1")).isEqualTo(failing == NOTICES);
        assertThat(history("eve").isEmpty()).isEqualTo(failing != HISTORY);
    }
}
