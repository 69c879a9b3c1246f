package io.github.keycloaknylas.links;

import io.github.keycloaknylas.links.StoredLinks.StoredLink;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.keycloak.models.KeycloakSession;

/**
 * The two tables that contain links, in the order in which they are walked. The primary key of both is alias and user
 * ID, so that a page costs the same wherever it begins. A database may match an alias regardless of case, so callers
 * compare it.
 */
enum StoredLinkTable {
    /** Links of local and imported users. */
    LOCAL(Storage::hasLocalTables, "FederatedIdentityEntity l", "l.user.id", "l.userId"),
    /** Links of users who are not in Keycloak's own tables. */
    FEDERATED(Storage::hasFederatedTables, "BrokerLinkEntity l", "l.userId", "l.brokerUserId");

    private final Predicate<KeycloakSession> readable;
    private final String count;
    private final String page;
    private final String tokens;

    StoredLinkTable(Predicate<KeycloakSession> readable, String entity, String user, String subject) {
        String ofProvider = " from " + entity + " where l.identityProvider = :alias and l.realmId = :realm";
        this.readable = readable;
        this.count = "select count(" + user + ")" + ofProvider;
        this.page = "select l.identityProvider, " + user + ", " + subject
                + ", case when l.token is null then 0 else 1 end" + ofProvider + " and " + user + " > :after order by "
                + user;
        this.tokens = "select " + user + ", l.token" + ofProvider + " and " + user + " in :users and l.token is not"
                + " null";
    }

    /**
     * A link as it was found.
     *
     * @param alias as it is stored
     */
    record Found(String alias, StoredLink link) {}

    /** Returns the table that a position is in. */
    static StoredLinkTable at(String userId) {
        return userId.startsWith(JpaStoredLinks.FEDERATED) ? FEDERATED : LOCAL;
    }

    boolean isReadable(KeycloakSession session) {
        return readable.test(session);
    }

    long count(KeycloakSession session, String realmId, String alias) {
        return query(session, count, Long.class, realmId, alias).getSingleResult();
    }

    List<Found> after(KeycloakSession session, String realmId, String alias, String after, int most) {
        return query(session, page, Object[].class, realmId, alias)
                .setParameter("after", after)
                .setMaxResults(most)
                .getResultStream()
                .map(row -> new Found(
                        (String) row[0],
                        new StoredLink((String) row[1], (String) row[2], ((Number) row[3]).intValue() == 1)))
                .toList();
    }

    Map<String, String> tokens(KeycloakSession session, String realmId, String alias, Collection<String> users) {
        Map<String, String> tokens = new HashMap<>();
        query(session, this.tokens, Object[].class, realmId, alias)
                .setParameter("users", users)
                .getResultStream()
                .forEach(row -> tokens.put((String) row[0], (String) row[1]));
        return tokens;
    }

    private static <T> TypedQuery<T> query(
            KeycloakSession session, String text, Class<T> type, String realmId, String alias) {
        return Storage.entityManager(session)
                .createQuery(text, type)
                .setParameter("alias", alias)
                .setParameter("realm", realmId);
    }
}
