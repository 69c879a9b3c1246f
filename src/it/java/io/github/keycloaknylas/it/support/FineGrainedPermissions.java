package io.github.keycloaknylas.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.testkit.server.TestRealm;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.keycloak.admin.client.resource.AuthorizationResource;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.authorization.ScopePermissionRepresentation;
import org.keycloak.representations.idm.authorization.UserPolicyRepresentation;

/** Keycloak's fine-grained admin permissions, version 2, of one realm. */
public final class FineGrainedPermissions {

    private final AuthorizationResource authorization;

    private FineGrainedPermissions(AuthorizationResource authorization) {
        this.authorization = authorization;
    }

    public static FineGrainedPermissions enable(TestRealm realm) {
        RealmRepresentation settings = realm.admin().toRepresentation();
        settings.setAdminPermissionsEnabled(true);
        realm.admin().update(settings);
        String client =
                realm.admin().toRepresentation().getAdminPermissionsClient().getId();
        return new FineGrainedPermissions(realm.admin().clients().get(client).authorization());
    }

    /** @param scope of the resource type {@code Users}, as {@code view} or {@code manage} */
    public void permit(String administratorId, String scope, String userId) {
        UserPolicyRepresentation policy = new UserPolicyRepresentation();
        policy.setName("administrator " + administratorId);
        policy.setUsers(Set.of(administratorId));
        created(authorization.policies().user().create(policy));
        ScopePermissionRepresentation permission = new ScopePermissionRepresentation();
        permission.setName(administratorId + " may " + scope);
        permission.setResourceType("Users");
        permission.setResources(Set.of(userId));
        permission.setScopes(Set.of(scope));
        permission.setPolicies(Set.of(policy.getName()));
        created(authorization.permissions().scope().create(permission));
    }

    private static void created(Response response) {
        try (response) {
            assertThat(response.getStatus()).isEqualTo(201);
        }
    }
}
