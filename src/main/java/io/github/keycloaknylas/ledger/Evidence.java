package io.github.keycloaknylas.ledger;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** The store of the evidence rows. */
public final class Evidence {

    private final EntityManager em;

    /** @param em whose transaction the changes are made in */
    public Evidence(EntityManager em) {
        this.em = em;
    }

    /** Returns the store for the session's own transaction. */
    public static Evidence of(KeycloakSession session) {
        return new Evidence(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /**
     * A position in the order of the rows.
     *
     * @param createdAt when the row was made
     * @param id its primary key
     */
    public record Cursor(long createdAt, String id) {
        /** Precedes the first row. Its ID is not empty, since Oracle treats empty text as null. */
        public static final Cursor START = new Cursor(-1, "-");
    }

    /** Flushes the session's changes so far, so that their failure is not attributed to the next insert. */
    public void flush() {
        em.flush();
    }

    /** Inserts at once, so that a failure surfaces here, where it is caught, and not at the commit. */
    public void insert(Collection<EvidenceEntity> rows) {
        rows.forEach(em::persist);
        em.flush();
    }

    /** Returns the rows that follow, the oldest first, including those of unknown type. */
    public List<Cursor> after(Cursor last, int most) {
        return em.createQuery(
                        "select e.createdAt, e.id from EvidenceEntity e"
                                + " where e.createdAt > :at or e.createdAt = :at and e.id > :id order by e.createdAt,"
                                + " e.id",
                        Object[].class)
                .setParameter("at", last.createdAt())
                .setParameter("id", last.id())
                .setMaxResults(most)
                .getResultStream()
                .map(row -> new Cursor((Long) row[0], (String) row[1]))
                .toList();
    }

    /** Finds a row by its primary key. */
    public Optional<EvidenceEntity> find(String id) {
        return Optional.ofNullable(em.find(EvidenceEntity.class, id));
    }

    /** Removes a row. Returns false if it was gone already, for instance because another node removed it. */
    public boolean remove(EvidenceEntity row) {
        return em.createQuery("delete from EvidenceEntity e where e.id = :id")
                        .setParameter("id", row.id())
                        .executeUpdate()
                == 1;
    }
}
