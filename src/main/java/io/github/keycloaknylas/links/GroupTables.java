package io.github.keycloaknylas.links;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;

/** The groups of local users. Whoever is in a group is in all groups above it. */
final class GroupTables {

    private GroupTables() {}

    static boolean exists(KeycloakSession session, String groupId) {
        return Storage.entityManager(session)
                .createQuery("select g.id from GroupEntity g where g.id = :id", String.class)
                .setParameter("id", groupId)
                .getResultStream()
                .anyMatch(groupId::equals);
    }

    /** Returns the IDs of each user's groups and of those above them. */
    static Map<String, Set<String>> ofUsers(KeycloakSession session, Collection<String> users) {
        Map<String, Set<String>> groups = Batches.of(users)
                .flatMap(batch -> memberships(session, batch).stream())
                .collect(Collectors.groupingBy(
                        row -> (String) row[0],
                        Collectors.mapping(row -> (String) row[1], Collectors.toCollection(HashSet::new))));
        Map<String, String> parents =
                parents(session, groups.values().stream().flatMap(Set::stream).collect(Collectors.toSet()));
        groups.values().forEach(direct -> addParents(direct, parents));
        return groups;
    }

    private static List<Object[]> memberships(KeycloakSession session, List<String> users) {
        return Storage.entityManager(session)
                .createQuery(
                        "select m.user.id, m.groupId from UserGroupMembershipEntity m where m.user.id in :users",
                        Object[].class)
                .setParameter("users", users)
                .getResultList();
    }

    // One statement per level, from the groups up to the top.
    private static Map<String, String> parents(KeycloakSession session, Set<String> groups) {
        Map<String, String> parents = new HashMap<>();
        Set<String> level = groups;
        while (!level.isEmpty()) {
            Batches.of(level)
                    .flatMap(batch -> Storage.entityManager(session)
                            .createQuery(
                                    "select g.id, g.parentId from GroupEntity g where g.id in :ids", Object[].class)
                            .setParameter("ids", batch)
                            .getResultStream())
                    .forEach(row -> parents.put((String) row[0], (String) row[1]));
            level = level.stream()
                    .map(parents::get)
                    .filter(Objects::nonNull)
                    .filter(parent -> !parent.isBlank() && !parents.containsKey(parent))
                    .collect(Collectors.toSet());
        }
        return parents;
    }

    private static void addParents(Set<String> groups, Map<String, String> parents) {
        for (String group : List.copyOf(groups)) {
            String parent = parents.get(group);
            while (parent != null && !parent.isBlank() && groups.add(parent)) {
                parent = parents.get(parent);
            }
        }
    }
}
