package io.github.keycloaknylas.links;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.storage.StorageId;

/** Reads links from Keycloak's tables, or returns {@code UNKNOWN} if the server keeps its users elsewhere. */
public final class JpaAccountLinks implements AccountLinks {

    static final int BATCH = 500;

    private static final Answer NOT_LINKED = new Answer(Status.NOT_LINKED, null);
    private static final Answer UNKNOWN = new Answer(Status.UNKNOWN, null);

    /** Has no state, so one instance is enough. */
    public JpaAccountLinks() {}

    @Override
    public Map<Link, Answer> read(KeycloakSession session, String realmId, Collection<Link> links) {
        Map<Link, Answer> answers = new HashMap<>();
        for (LinkTable table : LinkTable.values()) {
            List<Link> here = new LinkedHashSet<>(links)
                    .stream().filter(link -> table == tableOf(link.userId())).toList();
            if (!here.isEmpty()) {
                read(session, realmId, table, here, answers);
            }
        }
        return answers;
    }

    private static void read(
            KeycloakSession session, String realmId, LinkTable table, List<Link> links, Map<Link, Answer> answers) {
        boolean readable = table.isReadable(session);
        links.forEach(link -> answers.put(link, readable ? NOT_LINKED : UNKNOWN));
        for (int from = 0; readable && from < links.size(); from += BATCH) {
            List<Link> batch = links.subList(from, Math.min(from + BATCH, links.size()));
            table.find(session, realmId, batch)
                    .forEach(row -> answers.computeIfPresent(
                            row.link(), (asked, answer) -> new Answer(Status.LINKED, row.subject())));
        }
    }

    @Override
    public Owner owner(KeycloakSession session, String realmId, String alias, String subject) {
        boolean all = true;
        for (LinkTable table : LinkTable.values()) {
            if (table.isReadable(session)) {
                Optional<String> user = table.owner(session, realmId, alias, subject);
                if (user.isPresent()) {
                    return new Owner(Status.LINKED, user.get());
                }
            } else {
                all = false;
            }
        }
        return new Owner(all ? Status.NOT_LINKED : Status.UNKNOWN, null);
    }

    private static LinkTable tableOf(String userId) {
        return StorageId.isLocalStorage(userId) ? LinkTable.LOCAL : LinkTable.FEDERATED;
    }
}
