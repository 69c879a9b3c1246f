package io.github.keycloaknylas.links;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;

/**
 * Reads links from Keycloak's tables, columns only. Where the server keeps its users or links elsewhere, there are none.
 */
public final class JpaStoredLinks implements StoredLinks {

    /** Precedes the IDs of all users who are not in Keycloak's own tables. */
    static final String FEDERATED = "f:";

    /** Has no state, so one instance is enough. */
    public JpaStoredLinks() {}

    @Override
    public long count(KeycloakSession session, String realmId, String alias) {
        return Stream.of(StoredLinkTable.values())
                .filter(table -> table.isReadable(session))
                .mapToLong(table -> table.count(session, realmId, alias))
                .sum();
    }

    @Override
    public Page after(KeycloakSession session, String realmId, String alias, String after, int most) {
        StoredLinkTable table = StoredLinkTable.at(after);
        List<StoredLinkTable.Found> found =
                table.isReadable(session) ? table.after(session, realmId, alias, after, most) : List.of();
        List<StoredLink> links = found.stream()
                .filter(row -> row.alias().equals(alias))
                .map(StoredLinkTable.Found::link)
                .toList();
        return new Page(links, next(table, found, most));
    }

    private static Optional<String> next(StoredLinkTable table, List<StoredLinkTable.Found> found, int most) {
        if (found.size() == most) {
            return Optional.of(found.get(most - 1).link().userId());
        }
        return table == StoredLinkTable.LOCAL ? Optional.of(FEDERATED) : Optional.empty();
    }

    @Override
    public Map<String, String> tokens(
            KeycloakSession session, String realmId, String alias, Collection<StoredLink> links) {
        Map<String, String> tokens = new HashMap<>();
        links.stream()
                .filter(StoredLink::hasToken)
                .map(StoredLink::userId)
                .collect(Collectors.groupingBy(StoredLinkTable::at))
                .forEach((table, users) -> tokens.putAll(table.tokens(session, realmId, alias, users)));
        return tokens;
    }
}
