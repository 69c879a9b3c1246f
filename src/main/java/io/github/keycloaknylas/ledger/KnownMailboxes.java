package io.github.keycloaknylas.ledger;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** Reads what the ledger knows of many mailboxes at once, as columns. */
public final class KnownMailboxes {

    /** What the ledger knows of a mailbox. */
    public enum Known {
        /** It has a grant that works. */
        CONNECTED,
        /** A token for it waits to be handed over. */
        WAITING,
        /** It has a row in another state, or in one that this version does not know. */
        OTHERWISE
    }

    private final EntityManager em;

    /** @param em whose transaction is read in */
    public KnownMailboxes(EntityManager em) {
        this.em = em;
    }

    /** Returns the mailboxes as the session's own transaction reads them. */
    public static KnownMailboxes of(KeycloakSession session) {
        return new KnownMailboxes(
                session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /**
     * Returns those of the mailboxes that have a row, with one indexed SELECT.
     *
     * @param mailboxes a few hundred at most, since databases limit the length of a list of values
     */
    public Map<Mailbox, Known> among(Collection<Mailbox> mailboxes) {
        if (mailboxes.isEmpty()) {
            return Map.of();
        }
        Map<String, Mailbox> byHash =
                mailboxes.stream().collect(Collectors.toMap(Mailbox::hash, Function.identity(), (one, same) -> one));
        Map<Mailbox, Known> known = new HashMap<>();
        em.createQuery(
                        "select g.keyHash, g.state, g.handover.state from GrantEntity g where g.keyHash in :hashes",
                        Object[].class)
                .setParameter("hashes", byHash.keySet())
                .getResultStream()
                .forEach(row -> known.put(byHash.get((String) row[0]), known((String) row[1], (String) row[2])));
        return known;
    }

    private static Known known(String state, String handover) {
        if (HandoverState.DUE.name().equals(handover)) {
            return Known.WAITING;
        }
        return GrantState.CONNECTED.name().equals(state) ? Known.CONNECTED : Known.OTHERWISE;
    }
}
