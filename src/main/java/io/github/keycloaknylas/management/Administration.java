package io.github.keycloaknylas.management;

import io.github.keycloaknylas.delivery.AfterCompletion;
import io.github.keycloaknylas.delivery.Delivery;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * The request that a resource serves.
 *
 * @param session of the request
 * @param realm in whose path it is
 * @param auth what its caller may do
 * @param event the admin event that it may write
 */
public record Administration(
        KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder event) {

    void requireView() {
        auth.users().requireView();
    }

    void requireManage() {
        auth.users().requireManage();
    }

    /** Requires the right to view this user, or all users if this one does not exist any more. */
    void requireView(String userId) {
        UserModel user = session.users().getUserById(realm, userId);
        if (user == null) {
            requireView();
        } else {
            auth.users().requireView(user);
        }
    }

    /** Requires the right to manage this user, or all users if this one does not exist any more. */
    void requireManage(String userId) {
        UserModel user = session.users().getUserById(realm, userId);
        if (user == null) {
            requireManage();
        } else {
            auth.users().requireManage(user);
        }
    }

    /** Writes an admin event and wakes the workers once the request's transaction is committed. */
    void changed(String resource, Object representation) {
        event.operation(OperationType.ACTION)
                .resource(resource)
                .resourcePath(session.getContext().getUri())
                .representation(representation)
                .success();
        AfterCompletion.run(session, Delivery::wake);
    }
}
