package io.github.keycloaknylas.links;

import io.github.keycloaknylas.links.AccountLinks.Link;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;

/**
 * The two tables that contain links. Only columns are read, since the provider's token is stored beside them in clear
 * text. A database may match regardless of case, so callers compare the results.
 */
enum LinkTable {
    /** Links of local and imported users. */
    LOCAL(
            Storage::hasLocalTables,
            "select f.user.id, f.identityProvider, f.userId from FederatedIdentityEntity f where f.realmId = :realm",
            " and f.identityProvider in :aliases and f.user.id in :users",
            " and f.identityProvider = :alias and f.userId = :subject"),
    /** Links of users who are not in Keycloak's own tables. */
    FEDERATED(
            Storage::hasFederatedTables,
            "select b.userId, b.identityProvider, b.brokerUserId from BrokerLinkEntity b where b.realmId = :realm",
            " and b.identityProvider in :aliases and b.userId in :users",
            " and b.identityProvider = :alias and b.brokerUserId = :subject");

    private final Predicate<KeycloakSession> readable;
    private final String columns;
    private final String byUsers;
    private final String bySubject;

    LinkTable(Predicate<KeycloakSession> readable, String columns, String byUsers, String bySubject) {
        this.readable = readable;
        this.columns = columns;
        this.byUsers = byUsers;
        this.bySubject = bySubject;
    }

    record Row(Link link, String subject) {}

    boolean isReadable(KeycloakSession session) {
        return readable.test(session);
    }

    /** Runs one statement. Returns a few more rows than requested if users have links to several of the aliases. */
    List<Row> find(KeycloakSession session, String realmId, Collection<Link> links) {
        return rows(Storage.entityManager(session)
                        .createQuery(columns + byUsers, Object[].class)
                        .setParameter("realm", realmId)
                        .setParameter("aliases", distinct(links.stream().map(Link::alias)))
                        .setParameter("users", distinct(links.stream().map(Link::userId)))
                        .getResultStream())
                .toList();
    }

    Optional<String> owner(KeycloakSession session, String realmId, String alias, String subject) {
        return rows(Storage.entityManager(session)
                        .createQuery(columns + bySubject, Object[].class)
                        .setParameter("realm", realmId)
                        .setParameter("alias", alias)
                        .setParameter("subject", subject)
                        .getResultStream())
                .filter(row -> row.link().alias().equals(alias))
                .filter(row -> subject.equals(row.subject()))
                .map(row -> row.link().userId())
                .findFirst();
    }

    private static Set<String> distinct(Stream<String> texts) {
        return texts.collect(Collectors.toSet());
    }

    private static Stream<Row> rows(Stream<Object[]> found) {
        return found.map(row -> new Row(new Link((String) row[0], (String) row[1]), (String) row[2]));
    }
}
