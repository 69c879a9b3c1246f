package io.github.keycloaknylas.ledger;

import io.github.keycloaknylas.mail.MailProvider;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
        insert(missing, row);
    }

    /** Adds the hashes of a new row. */
    void add(GrantEntity row, MailProvider provider) {
        insert(row.expectedIdentity().hashes(provider), row);
    }

    // In one statement; a row has a few.
    private void insert(Set<String> hashes, GrantEntity row) {
        if (hashes.isEmpty()) {
            return;
        }
        List<String> each = List.copyOf(hashes);
        String values = IntStream.range(0, each.size())
                .mapToObj(i -> "(:hash" + i + ", :row)")
                .collect(Collectors.joining(", "));
        Query insert = em.createQuery("insert into IdentityEntity (identityHash, grantRowId) values " + values)
                .setParameter("row", row.id());
        IntStream.range(0, each.size()).forEach(i -> insert.setParameter("hash" + i, each.get(i)));
        insert.executeUpdate();
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
