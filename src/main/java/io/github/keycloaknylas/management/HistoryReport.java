package io.github.keycloaknylas.management;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.keycloaknylas.ledger.HistoryEntry;
import java.util.List;
import java.util.Locale;

/**
 * One entry of the history of a mailbox.
 *
 * @param at when, in milliseconds since the epoch
 * @param event what happened, as docs/delivery.md lists it
 * @param reason why, as a short code
 * @param source where it came from, as docs/delivery.md lists it
 * @param provider alias of the identity provider
 * @param user ID of the user whose mailbox it was then
 * @param grantId Nylas' ID of the grant
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record HistoryReport(
        long at, String event, String reason, String source, String provider, String user, String grantId) {

    static HistoryReport of(HistoryEntry entry) {
        return new HistoryReport(
                entry.at(),
                entry.event().toLowerCase(Locale.ROOT),
                entry.reason(),
                entry.source(),
                entry.alias(),
                entry.userId(),
                entry.grantId());
    }

    /**
     * A page of a history, the newest entry first.
     *
     * @param entries the entries
     * @param next what to pass as {@code after} for the next page; not there on the last one
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Page(List<HistoryReport> entries, String next) {

        static Page of(PageRequest page, List<HistoryEntry> entries) {
            return new Page(
                    entries.stream().map(HistoryReport::of).toList(),
                    page.next(entries, entry -> List.of(Long.toString(entry.at()), entry.id())));
        }
    }

    /** Where the page begins. */
    static HistoryEntry.Cursor cursor(PageRequest page) {
        return page.after().isEmpty()
                ? HistoryEntry.Cursor.NEWEST
                : new HistoryEntry.Cursor(Long.parseLong(page.after(0, "")), page.after(1, ""));
    }
}
