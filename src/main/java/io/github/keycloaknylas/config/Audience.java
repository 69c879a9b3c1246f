package io.github.keycloaknylas.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * The users who get a grant: all of them, or those who meet every condition that the administrator set.
 *
 * @param role role the user must have, as the console writes it ({@code role} or {@code client.role})
 * @param group path of a group the user must be in
 * @param clients IDs of clients, one of which the login must be for; empty for any
 */
public record Audience(Optional<String> role, Optional<String> group, Set<String> clients) {

    /**
     * Returns whether a login of this user to this client gets a grant. A role or group that no longer exists admits
     * no user.
     */
    public boolean admits(KeycloakSession session, RealmModel realm, UserModel user, String clientId) {
        return admitsClient(clientId) && hasRole(realm, user) && inGroup(session, realm, user);
    }

    /** Returns whether a login to this client can get a grant at all. */
    public boolean admitsClient(String clientId) {
        return clients.isEmpty() || clients.contains(clientId);
    }

    /** Returns the role that the mapper requires, if it exists. */
    public Optional<RoleModel> requiredRole(RealmModel realm) {
        return role.map(name -> KeycloakModelUtils.getRoleFromString(realm, name));
    }

    /** Returns the group that the mapper requires, if it exists. */
    public Optional<GroupModel> requiredGroup(KeycloakSession session, RealmModel realm) {
        return group.map(path -> KeycloakModelUtils.findGroupByPath(session, realm, path));
    }

    /** Returns the mapper's role if it does not exist. */
    public Optional<String> missingRole(RealmModel realm) {
        return role.filter(name -> requiredRole(realm).isEmpty());
    }

    /** Returns the mapper's group if it does not exist. */
    public Optional<String> missingGroup(KeycloakSession session, RealmModel realm) {
        return group.filter(path -> requiredGroup(session, realm).isEmpty());
    }

    /** Returns the conditions that no user can meet, as sentences for an administrator. */
    public List<String> problems(KeycloakSession session, RealmModel realm) {
        return Stream.of(
                        missingRole(realm).map(name -> problem("role", name, realm)),
                        missingGroup(session, realm).map(path -> problem("group", path, realm)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static String problem(String kind, String name, RealmModel realm) {
        return "The " + kind + " '" + name + "' of the mapper does not exist in realm '" + realm.getName()
                + "': no user gets a grant. Create it or correct the mapper.";
    }

    private boolean hasRole(RealmModel realm, UserModel user) {
        return role.isEmpty() || requiredRole(realm).filter(user::hasRole).isPresent();
    }

    private boolean inGroup(KeycloakSession session, RealmModel realm, UserModel user) {
        return group.isEmpty()
                || requiredGroup(session, realm).filter(user::isMemberOf).isPresent();
    }
}
