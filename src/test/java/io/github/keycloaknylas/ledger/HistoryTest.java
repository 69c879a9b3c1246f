package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.FreshOptions;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import io.github.keycloaknylas.support.store.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Entries are found by mailbox and by user, the newest first, and are removed by their time alone. */
@OnEveryDatabase
@ExtendWith(FreshOptions.class)
class HistoryTest extends LedgerTestBase {

    private static final HistoryCause CAUSE = new HistoryCause("other_mailbox", HistorySource.NYLAS);

    HistoryTest(Engine engine) {
        super(engine);
    }

    @BeforeEach
    void historyIsKept() {
        Options.none();
    }

    private <T> T history(Function<History, T> work) {
        return query(em -> work.apply(new History(em)));
    }

    private void change(Consumer<History> work) {
        history(history -> {
            work.accept(history);
            return null;
        });
    }

    private int removed(long before) {
        return history(history -> history.removeBefore(before, 2));
    }

    private void happened(Mailbox mailbox, String userId, HistoryEvent event, long at) {
        change(history -> history.add(new GrantEntity(mailbox, userId, NOW), "grant-1", event, CAUSE, at));
    }

    private void happened(String subject, HistoryEvent event, long at) {
        happened(mailbox(subject), "user-" + subject, event, at);
    }

    private List<String> eventsOf(Mailbox mailbox) {
        return history(history -> history.ofMailbox(mailbox.hash(), HistoryEntry.Cursor.NEWEST, 100).stream()
                .map(HistoryEntry::event)
                .toList());
    }

    private List<String> eventsOfUser(String realmId, String userId) {
        return history(history -> history.ofUser(realmId, userId, HistoryEntry.Cursor.NEWEST, 100).stream()
                .map(HistoryEntry::event)
                .toList());
    }

    @Test
    void anEntrySaysWhatHappenedWhenAndWhy() {
        happened("ada", HistoryEvent.HELD, NOW);

        HistoryEntry entry = history(history -> history.ofMailbox(mailbox("ada").hash(), HistoryEntry.Cursor.NEWEST, 1)
                .get(0));

        assertThat(entry)
                .isEqualTo(new HistoryEntry(
                        entry.id(), NOW, "HELD", "other_mailbox", "nylas", "microsoft", "user-ada", "grant-1"));
    }

    @Test
    void theNewestEntryComesFirstAlsoAmongThoseOfOneMoment() {
        happened("ada", HistoryEvent.CONNECTED, NOW);
        happened("ada", HistoryEvent.RELEASED, NOW + 1);
        happened("ada", HistoryEvent.CONNECTED, NOW + 1);
        happened("eve", HistoryEvent.MISSING, NOW + 2);

        assertThat(eventsOf(mailbox("ada"))).containsExactly("CONNECTED", "RELEASED", "CONNECTED");
    }

    @Test
    void pagesFollowEachOtherWithoutAGapAlsoWithinOneMoment() {
        for (int i = 0; i < 7; i++) {
            happened("ada", HistoryEvent.values()[i], NOW + i / 5);
        }

        List<String> read = new ArrayList<>();
        HistoryEntry.Cursor below = HistoryEntry.Cursor.NEWEST;
        List<HistoryEntry> page;
        do {
            HistoryEntry.Cursor from = below;
            page = history(history -> history.ofMailbox(mailbox("ada").hash(), from, 2));
            page.forEach(entry -> read.add(entry.event()));
            below = page.isEmpty() ? below : page.get(page.size() - 1).cursor();
        } while (!page.isEmpty());

        assertThat(read).containsExactlyElementsOf(eventsOf(mailbox("ada"))).hasSize(7);
    }

    @Test
    void theEntriesOfAUserAreThoseOfAllMailboxesInOneRealm() {
        happened(mailbox("ada"), "user", HistoryEvent.CONNECTED, NOW);
        happened(new Mailbox("realm", "other", "ada"), "user", HistoryEvent.REFUSED, NOW + 1);
        happened(new Mailbox("realm-2", "microsoft", "ada"), "user", HistoryEvent.HELD, NOW + 2);
        happened(mailbox("ada"), "USER", HistoryEvent.MISSING, NOW + 3);

        assertThat(eventsOfUser("realm", "user")).containsExactly("REFUSED", "CONNECTED");
    }

    @Test
    void anEntryOfANewerVersionIsReadAsItIs() {
        happened("ada", HistoryEvent.CONNECTED, NOW);
        query(em -> em.createNativeQuery("update NYLAS_HISTORY set EVENT_TYPE = 'BORROWED', SOURCE = 'somewhere'")
                .executeUpdate());

        HistoryEntry entry = history(history -> history.ofMailbox(mailbox("ada").hash(), HistoryEntry.Cursor.NEWEST, 1)
                .get(0));

        assertThat(entry.event()).isEqualTo("BORROWED");
        assertThat(entry.source()).isEqualTo("somewhere");
    }

    @Test
    void anAliasOutsideOfAsciiIsStoredEscaped() {
        Mailbox mailbox = new Mailbox("realm", "postfach-ü\u0000", "ada");

        happened(mailbox, "user", HistoryEvent.CONNECTED, NOW);

        HistoryEntry entry = history(history ->
                history.ofMailbox(mailbox.hash(), HistoryEntry.Cursor.NEWEST, 1).get(0));
        assertThat(entry.alias()).isEqualTo("postfach-ü\u0000");
        String stored = query(em ->
                (String) em.createNativeQuery("select ALIAS from NYLAS_HISTORY").getSingleResult());
        assertThat(stored).isEqualTo("postfach-\\u00fc\\u0000");
    }

    @Test
    void theHistoryOfAMailboxOutlivesItsRow() {
        String id = row("ada", row -> connected(row, "grant-1"));

        end(id, NOW + 1);
        inTransaction(ledger -> {
            ledger.remove(ledger.byId(id).orElseThrow());
            return null;
        });

        assertThat(eventsOf(mailbox("ada"))).containsExactly("RELEASED");
    }

    @Test
    void theHistoryFollowsAMailboxToTheNewAliasOfItsProvider() {
        Mailbox renamed = new Mailbox("realm", "entra", "ada");
        happened("ada", HistoryEvent.CONNECTED, NOW);
        happened("eve", HistoryEvent.CONNECTED, NOW);

        change(history -> history.renamed(mailbox("ada"), renamed));

        assertThat(eventsOf(mailbox("ada"))).isEmpty();
        assertThat(eventsOf(renamed)).containsExactly("CONNECTED");
        assertThat(eventsOf(mailbox("eve"))).containsExactly("CONNECTED");
    }

    @Test
    void theOldestEntriesFromBeforeAMomentAreRemovedInBatches() {
        for (int i = 0; i < 5; i++) {
            happened("ada", HistoryEvent.values()[i], NOW + i);
        }

        assertThat(removed(NOW + 3)).isEqualTo(2);
        assertThat(eventsOf(mailbox("ada"))).hasSize(3);
        assertThat(removed(NOW + 3)).isEqualTo(1);
        assertThat(removed(NOW + 3)).isZero();
        assertThat(eventsOf(mailbox("ada"))).hasSize(2);
    }

    @Test
    void anEntryCostsOneStatementAndReadsNothing() {
        long before = database.writes("NYLAS_HISTORY");

        long read = database.rowsRead(() -> happened("ada", HistoryEvent.CONNECTED, NOW));

        assertThat(database.writes("NYLAS_HISTORY") - before).isEqualTo(1);
        assertThat(read).isZero();
    }

    @Test
    void withoutHistoryNothingIsWritten() {
        Options.none().with("nylas-history/default/days", "0");

        happened("ada", HistoryEvent.CONNECTED, NOW);

        assertThat(eventsOf(mailbox("ada"))).isEmpty();
    }

    @Test
    void everyCodeFitsItsColumn() {
        for (HistoryEvent event : HistoryEvent.values()) {
            assertThat(event.name()).hasSizeLessThanOrEqualTo(32);
        }
        for (HistorySource source : HistorySource.values()) {
            assertThat(source.code).matches("[a-z-]{1,32}");
        }
    }
}
