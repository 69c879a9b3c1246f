package io.github.keycloaknylas.ledger;

import io.github.keycloaknylas.mail.MailProvider;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Index of mailboxes by hashes of their IDs and addresses. */
final class Identities {

    private final EntityManager em;

    Identities(EntityManager em) {
        this.em = em;
    }

    /** Replaces the hashes of a row. */
    void index(GrantEntity row, MailProvider provider) {
        Set<String> missing = new HashSet<>(row.expectedIdentity().hashes(provider));
        for (IdentityEntity known : ofRow(row.id())) {
            if (!missing.remove(known.identityHash())) {
                em.remove(known);
            }
        }
        missing.forEach(hash -> em.persist(new IdentityEntity(hash, row.id())));
    }

    /** Adds the hashes of a new row. */
    void add(GrantEntity row, MailProvider provider) {
        row.expectedIdentity().hashes(provider).forEach(hash -> em.persist(new IdentityEntity(hash, row.id())));
    }

    void remove(GrantEntity row) {
        ofRow(row.id()).forEach(em::remove);
    }

    /** Returns whether a row with one of these hashes has a token that waits or is being handed over. */
    boolean anyWaits(Collection<String> hashes, long now) {
        return !hashes.isEmpty()
                && !em.createQuery(
                                "select g.id from IdentityEntity i join GrantEntity g on g.id = i.grantRowId"
                                        + " where i.identityHash in :hashes"
                                        + " and (g.handover.state = 'DUE' or g.handover.leaseUntil > :now)",
                                String.class)
                        .setParameter("hashes", hashes)
                        .setParameter("now", now)
                        .setMaxResults(1)
                        .getResultList()
                        .isEmpty();
    }

    private List<IdentityEntity> ofRow(String rowId) {
        return em.createQuery("select i from IdentityEntity i where i.grantRowId = :row", IdentityEntity.class)
                .setParameter("row", rowId)
                .getResultList();
    }
}
