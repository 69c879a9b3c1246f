package io.github.keycloaknylas.testkit.server;

import java.util.Set;
import org.keycloak.admin.client.resource.UserProfileResource;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPAttributePermissions;
import org.keycloak.representations.userprofile.config.UPConfig;

/** The attributes that a realm's users may have. */
public final class UserProfile {

    private final UserProfileResource resource;

    UserProfile(UserProfileResource resource) {
        this.resource = resource;
    }

    public void unmanagedAttributes(UPConfig.UnmanagedAttributePolicy policy) {
        UPConfig config = resource.getConfiguration();
        config.setUnmanagedAttributePolicy(policy);
        resource.update(config);
    }

    /** Declares an attribute that administrators and the user can view and that cannot be edited. */
    public void declareReadOnly(String attribute) {
        declare(attribute, Set.of("admin", "user"), Set.of());
    }

    public void declare(String attribute, Set<String> viewers, Set<String> editors) {
        UPConfig config = resource.getConfiguration();
        config.addOrReplaceAttribute(new UPAttribute(attribute, false, new UPAttributePermissions(viewers, editors)));
        resource.update(config);
    }

    /** Returns all declared attributes, for reading. */
    public UPConfig declared() {
        return resource.getConfiguration();
    }
}
