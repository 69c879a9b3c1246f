package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Each notice is stored once, and one look answers all that a grant has. */
@OnEveryDatabase
class NoticesTest extends LedgerTestBase {

    private static final long LATER = NOW + 60_000;
    private static final NoticedGrant GRANT = grantOf("grant-1");

    NoticesTest(Engine engine) {
        super(engine);
    }

    private static NoticedGrant grantOf(String grantId) {
        return new NoticedGrant("https://api.us.nylas.com", "application-1", grantId);
    }

    private static Notice notice(String webhook, String event, NoticedGrant grant) {
        return new Notice(webhook, event, grant, "grant.expired", 1L);
    }

    private static Notice notice(String event) {
        return notice("webhook-1", event, GRANT);
    }

    private <T> T notices(Function<Notices, T> work) {
        return query(em -> work.apply(new Notices(em)));
    }

    private void change(Consumer<Notices> work) {
        notices(notices -> {
            work.accept(notices);
            return null;
        });
    }

    private void received(Notice notice, long at) {
        change(notices -> notices.insert(notice, at));
    }

    private boolean isKnown(Notice notice) {
        return notices(notices -> notices.isKnown(notice));
    }

    private Optional<LeasedNotices> leased(long now, long until) {
        return notices(notices -> notices.lease(GRANT, now, until));
    }

    private String token(long now, long until) {
        return leased(now, until).orElseThrow().token();
    }

    private Optional<NoticedGrant> due(long now) {
        return notices(notices -> notices.nextDue(now));
    }

    @Test
    void anEventIsKnownByItsWebhookAndItsId() {
        received(notice("event-1"), NOW);

        assertThat(isKnown(notice("event-1"))).isTrue();
        assertThat(isKnown(notice("event-2"))).isFalse();
        assertThat(isKnown(notice("webhook-2", "event-1", GRANT))).isFalse();
    }

    @Test
    void theSameEventIsNotStoredTwice() {
        received(notice("event-1"), NOW);

        assertThatThrownBy(() -> received(notice("event-1"), NOW)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void theGrantWhoseNoticeHasWaitedLongestComesFirst() {
        received(notice("webhook-1", "event-2", grantOf("grant-2")), NOW + 1);
        received(notice("event-1"), NOW);

        assertThat(due(NOW + 1)).contains(GRANT);
        assertThat(due(NOW - 1)).isEmpty();
    }

    @Test
    void aLeaseTakesAllNoticesOfTheGrantAndNoOther() {
        received(notice("event-1"), NOW);
        received(notice("event-2"), NOW);
        received(notice("webhook-1", "event-3", grantOf("grant-2")), NOW);

        String token = token(NOW, LATER);
        change(notices -> notices.done(GRANT, token, NOW));

        assertThat(due(LATER)).contains(grantOf("grant-2"));
        assertThat(leased(LATER, LATER)).isEmpty();
    }

    @Test
    void whatIsLeasedIsNotDueUntilTheLeaseEnds() {
        received(notice("event-1"), NOW);

        leased(NOW, LATER);

        assertThat(due(LATER - 1)).isEmpty();
        assertThat(leased(LATER - 1, LATER)).isEmpty();
        assertThat(due(LATER)).contains(GRANT);
        assertThat(leased(LATER, LATER + 1)).isPresent();
    }

    @Test
    void aNoticeThatArrivesDuringALookIsNotAnsweredByIt() {
        received(notice("event-1"), NOW);
        String token = token(NOW, LATER);

        received(notice("event-2"), NOW + 1);
        change(notices -> notices.done(GRANT, token, NOW + 2));

        assertThat(due(NOW + 1)).contains(GRANT);
    }

    @Test
    void aLookAlsoAnswersNoticesThatWaitForAnotherAttempt() {
        received(notice("event-1"), NOW);
        String first = token(NOW, LATER);
        change(notices -> notices.postpone(GRANT, first, LATER));
        received(notice("event-2"), NOW + 1);

        LeasedNotices second = leased(NOW + 1, LATER).orElseThrow();
        assertThat(second.attempts()).isEqualTo(1);
        assertThat(second.receivedAt()).isEqualTo(NOW + 1);
        change(notices -> notices.done(GRANT, second.token(), NOW + 2));

        assertThat(due(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void aPostponedNoticeIsDueAtItsTimeAndCountsItsAttempts() {
        received(notice("event-1"), NOW);
        LeasedNotices leased = leased(NOW, LATER).orElseThrow();
        assertThat(leased.attempts()).isZero();

        change(notices -> notices.postpone(GRANT, leased.token(), LATER));

        assertThat(due(LATER - 1)).isEmpty();
        assertThat(due(LATER)).contains(GRANT);
    }

    @Test
    void onlyTheHolderOfTheLeaseSettlesIt() {
        received(notice("event-1"), NOW);
        String lost = token(NOW, NOW + 1);
        leased(NOW + 1, LATER);

        change(notices -> notices.done(GRANT, lost, NOW + 2));

        assertThat(due(LATER)).contains(GRANT);
    }

    @Test
    void whatWasReceivedBeforeAMomentIsRemoved() {
        received(notice("event-1"), NOW);
        received(notice("event-2"), NOW + 1);

        int removed = notices(notices -> notices.removeReceivedBefore(NOW + 1));

        assertThat(removed).isEqualTo(1);

        assertThat(isKnown(notice("event-1"))).isFalse();
        assertThat(isKnown(notice("event-2"))).isTrue();
    }
}
