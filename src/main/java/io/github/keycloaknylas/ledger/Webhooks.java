package io.github.keycloaknylas.ledger;

import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** The store of the registered webhooks. Times are milliseconds since the epoch. */
public final class Webhooks {

    /** Longer than all calls of one change can take. After it, a change that was broken off is repeated. */
    private static final long ABANDONED = Duration.ofMinutes(3).toMillis();

    private final EntityManager em;

    /** @param em whose transaction the changes are made in */
    public Webhooks(EntityManager em) {
        this.em = em;
    }

    /** Returns the store for the session's own transaction. */
    public static Webhooks of(KeycloakSession session) {
        return new Webhooks(session.getProvider(JpaConnectionProvider.class).getEntityManager());
    }

    /** Finds a webhook by its primary key. */
    public Optional<WebhookEntity> find(String id) {
        return Optional.ofNullable(em.find(WebhookEntity.class, id));
    }

    /** Returns the webhooks of all connections, of which there are few. */
    public List<WebhookEntity> all() {
        return em.createQuery("select w from WebhookEntity w", WebhookEntity.class)
                .getResultList();
    }

    /** Finds the webhook of a connection. */
    public Optional<WebhookEntity> of(WebhookOwner owner) {
        return em.createQuery("select w from WebhookEntity w where w.connectionHash = :hash", WebhookEntity.class)
                .setParameter("hash", owner.hash())
                .getResultStream()
                .findFirst();
    }

    /** Inserts the webhook of a connection at once. Fails if another node has inserted one in the meantime. */
    public WebhookEntity create(WebhookOwner owner, long now) {
        WebhookEntity webhook = new WebhookEntity(UUID.randomUUID().toString(), owner, now);
        em.persist(webhook);
        em.flush();
        return webhook;
    }

    /**
     * Begins a change at Nylas. Until it is settled, no other begins, unless it is older than three minutes.
     *
     * @return the token of the change; empty if another one is in progress
     */
    public Optional<String> beginChange(String id, long now) {
        String token = UUID.randomUUID().toString();
        int begun = em.createQuery("update WebhookEntity w set w.state = :changing, w.changeToken = :token,"
                        + " w.changeAt = :now where w.id = :id and (w.changeAt is null or w.changeAt < :abandoned)")
                .setParameter("changing", WebhookState.CHANGING.name())
                .setParameter("token", token)
                .setParameter("now", now)
                .setParameter("id", id)
                .setParameter("abandoned", now - ABANDONED)
                .executeUpdate();
        return begun == 1 ? Optional.of(token) : Optional.empty();
    }

    /** Ends a change whose outcome is unknown: Nylas may sign with a secret that was not stored. The next may begin. */
    public void breakOff(WebhookEntity webhook) {
        webhook.brokenOff();
    }

    /** Finds the webhook if this change is still the one in progress. */
    public Optional<WebhookEntity> changedBy(String id, String token) {
        return find(id).filter(webhook -> webhook.isChangedBy(token));
    }

    /** Removes a webhook. */
    public void remove(WebhookEntity webhook) {
        em.remove(webhook);
    }
}
