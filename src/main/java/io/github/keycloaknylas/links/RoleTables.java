package io.github.keycloaknylas.links;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;

/** The roles of local users: their own and those of their groups, with what composite roles contain. */
final class RoleTables {

    // Keycloak 26.4 and 26.7 map this table to different entities. The schema is the one that Keycloak is set to.
    private static final String PARENTS = "select COMPOSITE from {h-schema}COMPOSITE_ROLE where CHILD_ROLE in (:roles)";

    private RoleTables() {}

    static boolean exists(KeycloakSession session, String roleId) {
        return Storage.entityManager(session)
                .createQuery("select r.id from RoleEntity r where r.id = :id", String.class)
                .setParameter("id", roleId)
                .getResultStream()
                .anyMatch(roleId::equals);
    }

    /**
     * Returns those of the users who have the role.
     *
     * @param groups IDs of each user's groups and of those above them
     */
    static Set<String> holders(
            KeycloakSession session, String roleId, Collection<String> users, Map<String, Set<String>> groups) {
        Set<String> roles = containing(session, roleId);
        Set<String> holders = new HashSet<>(matches(
                session,
                "select m.user.id from UserRoleMappingEntity m where m.user.id in :holders and m.roleId in :roles",
                users,
                roles));
        Set<String> holdingGroups = matches(
                session,
                "select m.group.id from GroupRoleMappingEntity m where m.group.id in :holders and m.roleId in :roles",
                groups.values().stream().flatMap(Set::stream).collect(Collectors.toSet()),
                roles);
        groups.forEach((user, ofUser) -> {
            if (ofUser.stream().anyMatch(holdingGroups::contains)) {
                holders.add(user);
            }
        });
        return holders;
    }

    // A role and every composite role that contains it, at whatever depth.
    private static Set<String> containing(KeycloakSession session, String roleId) {
        Set<String> roles = new HashSet<>(Set.of(roleId));
        Set<String> level = roles;
        while (!level.isEmpty()) {
            level = Batches.of(level)
                    .flatMap(batch -> parents(session, batch))
                    .filter(parent -> !roles.contains(parent))
                    .collect(Collectors.toSet());
            roles.addAll(level);
        }
        return roles;
    }

    private static Stream<String> parents(KeycloakSession session, List<String> roles) {
        List<?> found = Storage.entityManager(session)
                .createNativeQuery(PARENTS)
                .setParameter("roles", roles)
                .getResultList();
        return found.stream().map(String.class::cast);
    }

    private static Set<String> matches(
            KeycloakSession session, String query, Collection<String> holders, Set<String> roles) {
        return Batches.of(holders)
                .flatMap(someHolders -> Batches.of(roles)
                        .flatMap(someRoles -> Storage.entityManager(session)
                                .createQuery(query, String.class)
                                .setParameter("holders", someHolders)
                                .setParameter("roles", someRoles)
                                .getResultStream()))
                .collect(Collectors.toSet());
    }
}
