package io.github.keycloaknylas.sweep;

import io.github.keycloaknylas.config.Audience;
import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.config.WhenIneligible;
import io.github.keycloaknylas.links.UserEligibility;
import io.github.keycloaknylas.links.UserEligibility.Requirements;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;

/**
 * Finds the users who lose their grants because they are disabled or no longer have the role or group of a mapper. The
 * clients of a mapper are a condition on a login, so nothing follows from them here.
 */
public final class EligibilityCheck {

    private final UserEligibility users;
    private final ThrottledWarnings warnings;

    /** @param users reads whether users are enabled, and their roles and groups */
    public EligibilityCheck(UserEligibility users, ThrottledWarnings warnings) {
        this.users = users;
        this.warnings = warnings;
    }

    /**
     * Returns those of the users who are known to be ineligible, or nobody if the mapper keeps their grants.
     *
     * @param realm realm that the session is bound to; null if it does not exist any more
     */
    public Set<String> losing(KeycloakSession session, RealmModel realm, String alias, Collection<String> userIds) {
        if (userIds.isEmpty() || alias == null || !IdentityProviders.exists(session, realm, alias)) {
            return Set.of();
        }
        return MapperSettings.find(session, alias)
                .filter(settings -> settings.whenIneligible() == WhenIneligible.DELETE)
                .map(settings -> requirements(session, realm, alias, settings.audience()))
                .map(required -> users.read(session, realm.getId(), userIds, required))
                .map(answers -> answers.entrySet().stream()
                        .filter(answer -> answer.getValue() == UserEligibility.Answer.INELIGIBLE)
                        .map(answer -> answer.getKey())
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    // Nobody can meet a condition that does not exist: it says nothing about a user, and neither does the other one,
    // since the mapper has to be corrected first.
    private Requirements requirements(KeycloakSession session, RealmModel realm, String alias, Audience audience) {
        List<String> problems = audience.problems(session, realm);
        if (problems.isEmpty()) {
            Optional<RoleModel> role = audience.requiredRole(realm);
            Optional<GroupModel> group = audience.requiredGroup(session, realm);
            return new Requirements(role.map(RoleModel::getId), group.map(GroupModel::getId));
        }
        problems.forEach(problem -> warnings.warn(realm.getName(), alias, problem));
        return Requirements.NONE;
    }
}
