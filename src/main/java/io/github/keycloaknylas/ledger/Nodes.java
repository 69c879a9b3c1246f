package io.github.keycloaknylas.ledger;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** The nodes of the cluster. Times are milliseconds since the epoch. */
public final class Nodes {

    /** After how long without a sign of life a node counts as gone: several heartbeats. */
    public static final Duration ABSENT_AFTER = Duration.ofMinutes(3);

    private final EntityManager em;

    /** @param em whose transaction the changes are made in */
    public Nodes(EntityManager em) {
        this.em = em;
    }

    /** Returns the nodes for the session's own transaction. */
    public static Nodes of(KeycloakSession session) {
        return new Nodes(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /**
     * Stores what a node runs with.
     *
     * @param id of this start of the node
     * @param version of the extension
     * @param settings name of an option to its value; no secrets
     * @param proof sealed with the node's active key; null without one
     */
    public void seen(String id, String version, Map<String, String> settings, SealedSecret proof, long now) {
        NodeEntity node = Optional.ofNullable(em.find(NodeEntity.class, id)).orElseGet(() -> new NodeEntity(id));
        node.seen(version, settings, proof, now);
        em.persist(node);
    }

    /** Returns the nodes that were seen after a moment. */
    public List<NodeEntity> seenAfter(long moment) {
        return em.createQuery("select n from NodeEntity n where n.seenAt > :moment order by n.id", NodeEntity.class)
                .setParameter("moment", moment)
                .getResultList();
    }

    /** Removes a node that stops. */
    public void remove(String id) {
        em.createQuery("delete from NodeEntity n where n.id = :id")
                .setParameter("id", id)
                .executeUpdate();
    }

    /** Removes nodes that were last seen before a moment. */
    public void removeSeenBefore(long moment) {
        em.createQuery("delete from NodeEntity n where n.seenAt < :moment")
                .setParameter("moment", moment)
                .executeUpdate();
    }
}
