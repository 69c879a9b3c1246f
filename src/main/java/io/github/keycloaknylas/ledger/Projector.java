package io.github.keycloaknylas.ledger;

import io.github.keycloaknylas.config.MapperSettings;
import java.util.Objects;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Shows the ledger on the user: the grant id as an attribute, in a transaction of its own. */
public final class Projector {

    private Projector() {}

    /**
     * Writes the attribute of one row's user, and takes it from a user whom the row no longer belongs to.
     *
     * @param session bound to the row's realm, or to none if the realm is gone
     * @return false if nobody knows where to write, since the mapper is gone for now and the row was never shown
     */
    public static boolean project(KeycloakSession session, GrantEntity row) {
        Projection last = row.projection;
        RealmModel realm = session.getContext().getRealm();
        String value = row.shownGrant().map(ConnectedGrant::grantId).orElse(null);
        String attribute = realm == null
                ? last.attribute
                : MapperSettings.find(session, row.mailbox().alias())
                        .map(MapperSettings::attribute)
                        .orElse(last.attribute);
        if (realm != null && attribute == null && value != null) {
            return false;
        }
        if (realm != null && attribute != null) {
            boolean moved = !row.userId.equals(last.userId) || !attribute.equals(last.attribute);
            if (last.value != null && (moved || value == null)) {
                clear(session, realm, last);
            }
            if (value != null) {
                show(session.users().getUserById(realm, row.userId), attribute, value);
            }
        }
        last.done(row.userId, attribute, attribute == null ? null : value);
        return true;
    }

    private static void show(UserModel user, String attribute, String value) {
        if (user != null && !Objects.equals(value, user.getFirstAttribute(attribute))) {
            user.setSingleAttribute(attribute, value);
        }
    }

    // Another provider's mapper may write the same attribute: only what this row wrote is taken away.
    private static void clear(KeycloakSession session, RealmModel realm, Projection last) {
        UserModel user = session.users().getUserById(realm, last.userId);
        if (user != null && Objects.equals(last.value, user.getFirstAttribute(last.attribute))) {
            user.removeAttribute(last.attribute);
        }
    }
}
