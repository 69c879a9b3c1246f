package io.github.keycloaknylas.login;

import io.github.keycloaknylas.delivery.AfterCompletion;
import io.github.keycloaknylas.delivery.Delivery;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;

/**
 * A change by an administrator after which a user may no longer be eligible: disabled, or without a role or group. Only
 * a hint, which costs the request nothing: the tables are read later, and the sweep finds what no event reports.
 */
final class UserChange {

    private static final Logger LOG = Logger.getLogger(UserChange.class);
    private static final Set<ResourceType> MEMBERSHIPS =
            Set.of(ResourceType.REALM_ROLE_MAPPING, ResourceType.CLIENT_ROLE_MAPPING, ResourceType.GROUP_MEMBERSHIP);
    /** The role mappings of groups have paths that begin with {@code groups}. */
    private static final Pattern USER = Pattern.compile("users/([^/]+)(/.*)?");

    private UserChange() {}

    /** Reports the user after the commit. Never throws, whatever the event. */
    static void report(KeycloakSession session, AdminEvent event) {
        try {
            String realmId = event.getRealmId();
            userId(event)
                    .ifPresent(userId ->
                            AfterCompletion.run(session, (Delivery delivery) -> delivery.userChanged(realmId, userId)));
        } catch (RuntimeException | Error e) {
            LOG.debug("The sweep finds what an administrator changed", e);
        }
    }

    private static Optional<String> userId(AdminEvent event) {
        ResourceType resource = event.getResourceType();
        if (resource == null || event.getResourcePath() == null) {
            return Optional.empty();
        }
        boolean disabled = resource == ResourceType.USER && event.getOperationType() == OperationType.UPDATE;
        boolean lost = MEMBERSHIPS.contains(resource) && event.getOperationType() == OperationType.DELETE;
        Matcher user = USER.matcher(event.getResourcePath());
        return (disabled || lost) && user.matches() ? Optional.of(user.group(1)) : Optional.empty();
    }
}
