package io.github.keycloaknylas.links;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.storage.StorageId;

/**
 * Reads from Keycloak's tables what {@code UserModel.isEnabled}, {@code hasRole} and {@code isMemberOf} of a local user
 * return. A directory may add roles and groups to imported and {@code f:} users, and may disable them, so of those only
 * a user whom an administrator disabled in Keycloak is known to be ineligible.
 */
public final class JpaUserEligibility implements UserEligibility {

    /** Has no state, so one instance is enough. */
    public JpaUserEligibility() {}

    @Override
    public Map<String, Answer> read(
            KeycloakSession session, String realmId, Collection<String> userIds, Requirements requirements) {
        Map<String, Answer> answers = new HashMap<>();
        userIds.forEach(id -> answers.put(id, Answer.UNKNOWN));
        for (UserTable table : UserTable.values()) {
            Set<String> here =
                    answers.keySet().stream().filter(id -> table == tableOf(id)).collect(Collectors.toSet());
            if (!here.isEmpty() && table.isReadable(session)) {
                List<UserTable.Row> rows = table.read(session, realmId, here);
                rows.stream()
                        .filter(row -> !row.enabled())
                        .forEach(row -> answers.replace(row.userId(), Answer.INELIGIBLE));
                requirements(session, rows, requirements, answers);
            }
        }
        return answers;
    }

    private static void requirements(
            KeycloakSession session, List<UserTable.Row> rows, Requirements requirements, Map<String, Answer> answers) {
        Set<String> decided = rows.stream()
                .filter(row -> row.enabled() && row.local())
                .map(UserTable.Row::userId)
                .filter(answers::containsKey)
                .collect(Collectors.toSet());
        boolean known = requirements.roleId().stream().allMatch(role -> RoleTables.exists(session, role))
                && requirements.groupId().stream().allMatch(group -> GroupTables.exists(session, group));
        if (decided.isEmpty() || !known) {
            return;
        }
        Set<String> eligible = new HashSet<>(decided);
        Map<String, Set<String>> groups =
                requirements.equals(Requirements.NONE) ? Map.of() : GroupTables.ofUsers(session, decided);
        requirements
                .groupId()
                .ifPresent(group -> eligible.removeIf(
                        user -> !groups.getOrDefault(user, Set.of()).contains(group)));
        requirements.roleId().ifPresent(role -> eligible.retainAll(RoleTables.holders(session, role, decided, groups)));
        decided.forEach(user -> answers.put(user, eligible.contains(user) ? Answer.ELIGIBLE : Answer.INELIGIBLE));
    }

    private static UserTable tableOf(String userId) {
        return StorageId.isLocalStorage(userId) ? UserTable.LOCAL : UserTable.FEDERATED;
    }
}
