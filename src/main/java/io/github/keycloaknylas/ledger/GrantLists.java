package io.github.keycloaknylas.ledger;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Lists and counts the mailboxes of a realm for administrators, by index and as columns: no managed row and no token is
 * read. Lives as long as the session it was made from.
 */
public final class GrantLists {

    private final EntityManager em;

    /** @param em whose transaction is read in */
    public GrantLists(EntityManager em) {
        this.em = em;
    }

    /** Returns the lists as the session's own transaction reads them. */
    public static GrantLists of(KeycloakSession session) {
        return new GrantLists(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /**
     * The last row of a page.
     *
     * @param addressKey of the row; not used unless addresses are searched, since only then it determines the order
     * @param id of the row
     */
    public record Position(String addressKey, String id) {

        /** Precedes the first row. */
        public static final Position START = new Position(DueRows.FIRST, DueRows.FIRST);
    }

    /** Returns the rows that follow, in a fixed order: by address if addresses are searched, otherwise by ID. */
    public List<ListedGrant> after(GrantFilter filter, Position last, int most) {
        GrantQuery query = new GrantQuery(filter).behind(last);
        String text = "select " + ListedGrant.COLUMNS + " from GrantEntity g" + query.where() + query.order();
        return query.bind(em.createQuery(text, Object[].class))
                .setMaxResults(most)
                .getResultStream()
                .map(ListedGrant::of)
                .toList();
    }

    /** Returns how many rows there are. */
    public long count(GrantFilter filter) {
        GrantQuery query = new GrantQuery(filter);
        return query.bind(em.createQuery("select count(g.id) from GrantEntity g" + query.where(), Long.class))
                .getSingleResult();
    }

    /** Finds a row of a realm by its primary key. */
    public Optional<ListedGrant> find(String realmId, String id) {
        return em.createQuery(
                        "select " + ListedGrant.COLUMNS
                                + " from GrantEntity g where g.id = :id and g.mailbox.realmId = :realm",
                        Object[].class)
                .setParameter("id", id)
                .setParameter("realm", realmId)
                .getResultStream()
                .map(ListedGrant::of)
                .findFirst();
    }

    /** Returns the mailboxes of a realm whose links are gone without an event, those longest gone first. */
    public List<ListedGrant> linksGone(String realmId, long goneAfter, String id, int most) {
        return em.createQuery(
                        "select " + ListedGrant.COLUMNS + " from GrantEntity g where g.linkGoneAt >= :at"
                                + " and (g.linkGoneAt > :at or g.id > :id) and g.mailbox.realmId = :realm"
                                + " order by g.linkGoneAt, g.id",
                        Object[].class)
                .setParameter("at", goneAfter)
                .setParameter("id", id)
                .setParameter("realm", realmId)
                .setMaxResults(most)
                .getResultStream()
                .map(ListedGrant::of)
                .toList();
    }
}
