package io.github.keycloaknylas.ledger;

import io.github.keycloaknylas.config.HistorySettings;
import jakarta.persistence.EntityManager;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * The history of mailboxes: one entry per outcome, written in the transaction of the change. Entries outlive the row of
 * the mailbox. Times are milliseconds since the epoch.
 */
public final class History {

    private static final String COLUMNS =
            "select h.id, h.at, h.event, h.reason, h.source, h.alias, h.userId, h.grantId from HistoryEntity h";

    private final EntityManager em;

    /** @param em whose transaction entries are read and written in */
    public History(EntityManager em) {
        this.em = em;
    }

    /** Returns the history for the session's own transaction. */
    public static History of(KeycloakSession session) {
        return new History(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /** Inserts an entry about the grant of a row; nothing is read. */
    void add(GrantEntity row, HistoryEvent event, HistoryCause cause, long now) {
        add(row, row.ownGrant().map(ConnectedGrant::grantId).orElse(null), event, cause, now);
    }

    /** Inserts an entry about a grant that the row does not hold, or about none. */
    void add(GrantEntity row, String grantId, HistoryEvent event, HistoryCause cause, long now) {
        insert(row.mailbox(), row.userId(), grantId, event, cause, now);
    }

    /** Inserts an entry about a deletion. */
    public void deleted(DeletionEntity deletion, long now) {
        insert(
                deletion.mailbox(),
                deletion.userId(),
                deletion.grantId(),
                HistoryEvent.DELETED,
                new HistoryCause(deletion.reasonCode(), HistorySource.WORKERS),
                now);
    }

    private void insert(
            Mailbox mailbox, String userId, String grantId, HistoryEvent event, HistoryCause cause, long now) {
        if (HistorySettings.current().isKept()) {
            em.persist(new HistoryEntity(mailbox, userId, grantId, event, cause, now));
        }
    }

    /** Returns whether the newest entry of a mailbox says this. */
    boolean endsWith(Mailbox mailbox, HistoryEvent event, HistoryCause cause) {
        return ofMailbox(mailbox.hash(), HistoryEntry.Cursor.NEWEST, 1).stream()
                .anyMatch(entry ->
                        event.name().equals(entry.event()) && cause.reason().equals(entry.reason()));
    }

    /**
     * Returns the entries of a mailbox, the newest first.
     *
     * @param keyHash {@link Mailbox#hash}
     * @param below where the page begins
     * @param most longest page
     */
    public List<HistoryEntry> ofMailbox(String keyHash, HistoryEntry.Cursor below, int most) {
        return page("h.keyHash", keyHash, below, most);
    }

    /**
     * Returns the entries of a user of a realm, the newest first, whether or not the user still exists.
     *
     * @param below where the page begins
     * @param most longest page
     */
    public List<HistoryEntry> ofUser(String realmId, String userId, HistoryEntry.Cursor below, int most) {
        return page("h.userHash", UserHash.of(realmId, userId), below, most);
    }

    private List<HistoryEntry> page(String column, String hash, HistoryEntry.Cursor below, int most) {
        return em.createQuery(
                        COLUMNS + " where " + column + " = :hash and h.at <= :at and (h.at < :at or h.id < :id)"
                                + " order by h.at desc, h.id desc",
                        Object[].class)
                .setParameter("hash", hash)
                .setParameter("at", below.at())
                .setParameter("id", below.id())
                .setMaxResults(most)
                .getResultStream()
                .map(row -> new HistoryEntry(
                        (String) row[0],
                        (Long) row[1],
                        (String) row[2],
                        (String) row[3],
                        (String) row[4],
                        (String) row[5],
                        (String) row[6],
                        (String) row[7]))
                .toList();
    }

    /** Keeps the entries of a mailbox with it after Keycloak renamed its provider. */
    public void renamed(Mailbox before, Mailbox now) {
        em.createQuery("update HistoryEntity h set h.keyHash = :now, h.alias = :alias where h.keyHash = :before")
                .setParameter("now", now.hash())
                .setParameter("alias", now.alias())
                .setParameter("before", before.hash())
                .executeUpdate();
    }

    /**
     * Removes the oldest entries from before a moment.
     *
     * @param most number of entries to remove at most
     * @return how many were removed
     */
    public int removeBefore(long moment, int most) {
        List<String> ids = em.createQuery(
                        "select h.id from HistoryEntity h where h.at < :moment order by h.at", String.class)
                .setParameter("moment", moment)
                .setMaxResults(most)
                .getResultList();
        return ids.isEmpty()
                ? 0
                : em.createQuery("delete from HistoryEntity h where h.id in :ids")
                        .setParameter("ids", ids)
                        .executeUpdate();
    }
}
