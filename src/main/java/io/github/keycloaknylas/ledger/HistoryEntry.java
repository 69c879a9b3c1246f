package io.github.keycloaknylas.ledger;

/**
 * One entry of the history of a mailbox. Codes are texts, since a newer version may have written the entry.
 *
 * @param id primary key
 * @param at when, in milliseconds since the epoch
 * @param event code of what happened, as docs/delivery.md lists them
 * @param reason why, as a short code; null if the event says everything
 * @param source code of where it came from, as docs/delivery.md lists them
 * @param alias of the identity provider
 * @param userId the user whose mailbox it was then
 * @param grantId Nylas' ID of the grant that the entry is about; null if there was none
 */
public record HistoryEntry(
        String id, long at, String event, String reason, String source, String alias, String userId, String grantId) {

    /**
     * Where a page begins: below this entry.
     *
     * @param at when, in milliseconds since the epoch
     * @param id primary key
     */
    public record Cursor(long at, String id) {

        /** Above the newest entry. */
        public static final Cursor NEWEST = new Cursor(Long.MAX_VALUE, "~");
    }

    /** Where the next page begins if this is the last entry of a page. */
    public Cursor cursor() {
        return new Cursor(at, id);
    }
}
