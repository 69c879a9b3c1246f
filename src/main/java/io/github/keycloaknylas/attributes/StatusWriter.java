package io.github.keycloaknylas.attributes;

import io.github.keycloaknylas.config.StatusAttribute;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.ShownStatus;
import io.github.keycloaknylas.links.UserAttributes;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Makes the status attribute of a user, beside the one of the grant ID, show the state in the ledger. */
final class StatusWriter {

    private final UserAttributes attributes;

    StatusWriter(UserAttributes attributes) {
        this.attributes = attributes;
    }

    /**
     * Writes the status, or removes it if no mailbox of the user has one.
     *
     * @param session bound to the realm
     * @param row the mailbox on whose behalf the attribute is written
     * @param userId the user, who may be a former one of the mailbox
     * @param name name of the attribute that shows the grant ID
     * @return the change, if there is one
     */
    Optional<StatusChange> settle(
            KeycloakSession session, SharedRows rows, GrantEntity row, String userId, String name) {
        RealmModel realm = session.getContext().getRealm();
        String statusName = StatusAttribute.of(name);
        Optional<GrantEntity> shown = rows.ofStatus(userId, statusName);
        if (shown.filter(other -> !other.id().equals(row.id()) && other.isAttributeDue())
                .isPresent()) {
            // Written together with the grant ID of that mailbox.
            return Optional.empty();
        }
        Optional<String> current = attributes.read(session, realm, userId, statusName);
        Optional<ShownStatus> before = current.flatMap(ShownStatus::of);
        Optional<ShownStatus> after = shown.flatMap(GrantEntity::shownStatus);
        boolean changed = after.isPresent()
                ? !current.equals(after.map(ShownStatus::text))
                        && attributes.write(
                                session, realm, userId, statusName, after.get().text())
                : before.isPresent() && remove(session, realm, userId, statusName);
        return changed
                ? Optional.of(new StatusChange(
                        realm.getId(),
                        realm.getName(),
                        userId,
                        shown.orElse(row).mailbox().alias(),
                        before,
                        after))
                : Optional.empty();
    }

    /** Returns whether a user's status attribute no longer shows the state in the ledger. */
    boolean differs(KeycloakSession session, SharedRows rows, String userId, String name) {
        String statusName = StatusAttribute.of(name);
        return !attributes
                .read(session, session.getContext().getRealm(), userId, statusName)
                .equals(rows.ofStatus(userId, statusName)
                        .flatMap(GrantEntity::shownStatus)
                        .map(ShownStatus::text));
    }

    // A mailbox in a state of a newer version may show the status.
    private boolean remove(KeycloakSession session, RealmModel realm, String userId, String statusName) {
        return !Ledger.of(session).hasUnknownState(realm.getId(), userId)
                && attributes.remove(session, realm, userId, statusName);
    }
}
