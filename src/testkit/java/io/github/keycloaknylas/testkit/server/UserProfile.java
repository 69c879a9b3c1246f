package io.github.keycloaknylas.testkit.server;

import java.util.Set;
import org.keycloak.admin.client.resource.UserProfileResource;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPAttributePermissions;
import org.keycloak.representations.userprofile.config.UPConfig;

/** Which attributes a realm's users may have. */
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

    /** Declared so that administrators and the user see it and nobody may edit it. */
    public void declareReadOnly(String attribute) {
        declare(attribute, Set.of("admin", "user"), Set.of());
    }

    public void declare(String attribute, Set<String> viewers, Set<String> editors) {
        UPConfig config = resource.getConfiguration();
        config.addOrReplaceAttribute(new UPAttribute(attribute, false, new UPAttributePermissions(viewers, editors)));
        resource.update(config);
    }

    /** All that is declared, to be read. */
    public UPConfig declared() {
        return resource.getConfiguration();
    }
}
