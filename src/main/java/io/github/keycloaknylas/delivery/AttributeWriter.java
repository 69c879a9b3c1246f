package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.ledger.WrittenAttribute;
import io.github.keycloaknylas.links.UserAttributes;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Makes a user's attribute show the state in the ledger. If several mailboxes of a user share an attribute, it shows
 * the grant whose provider comes first in the alphabet, as the claims do.
 */
final class AttributeWriter {

    private final UserAttributes attributes;

    AttributeWriter(UserAttributes attributes) {
        this.attributes = attributes;
    }

    /**
     * Writes the attribute of a row's user and removes it from a user or name that it no longer belongs to.
     *
     * @param session bound to the row's realm, or to none if the realm is gone
     * @return false if the name of the attribute is not known, since the mapper is missing and the row was never shown
     */
    boolean write(KeycloakSession session, GrantEntity row) {
        RealmModel realm = session.getContext().getRealm();
        AttributeNames names = new AttributeNames(session);
        Optional<WrittenAttribute> last = row.writtenAttribute();
        Optional<String> name = realm == null ? last.map(WrittenAttribute::name) : names.of(row);
        String value = row.shownGrant().map(ConnectedGrant::grantId).orElse(null);
        if (realm != null) {
            if (name.isEmpty() && value != null) {
                return false;
            }
            last.filter(written -> !written.userId().equals(row.userId())
                            || !written.name().equals(name.orElse(null)))
                    .ifPresent(written -> settle(names, realm, row, written.userId(), written.name(), written.value()));
            name.ifPresent(known -> settle(
                    names,
                    realm,
                    row,
                    row.userId(),
                    known,
                    last.map(WrittenAttribute::value).orElse(null)));
        }
        Transitions.attributeWritten(row, row.userId(), name.orElse(null), name.isEmpty() ? null : value);
        return true;
    }

    /** Returns whether a user's attribute no longer shows the state in the ledger. */
    boolean differs(KeycloakSession session, GrantEntity row) {
        RealmModel realm = session.getContext().getRealm();
        AttributeNames names = new AttributeNames(session);
        Optional<String> name = names.of(row);
        return row.shownGrant().isPresent()
                && name.isPresent()
                && !attributes
                        .read(session, realm, row.userId(), name.get())
                        .equals(shown(names, realm, row.userId(), name.get()).map(AttributeWriter::grantId));
    }

    // The value of another mailbox is written and recorded when that one is due; otherwise it would never be removed.
    private void settle(
            AttributeNames names, RealmModel realm, GrantEntity row, String userId, String name, String written) {
        KeycloakSession session = names.session();
        Optional<String> current = attributes.read(session, realm, userId, name);
        Optional<String> shown = shown(names, realm, userId, name)
                .filter(other -> other.id().equals(row.id()) || !other.isAttributeDue())
                .map(AttributeWriter::grantId);
        if (shown.isPresent() && !shown.equals(current)) {
            attributes.write(session, realm, userId, name, shown.get());
        } else if (shown.isEmpty()
                && written != null
                && current.filter(written::equals).isPresent()) {
            // Another mapper may write the same attribute, so only the value written for this row is removed.
            attributes.remove(session, realm, userId, name);
        }
    }

    private static Optional<GrantEntity> shown(AttributeNames names, RealmModel realm, String userId, String name) {
        return Ledger.of(names.session()).ofUser(realm.getId(), userId).stream()
                .filter(row -> row.shownGrant().isPresent())
                .filter(row -> names.of(row).filter(name::equals).isPresent())
                .min(Comparator.comparing((GrantEntity row) ->
                                Objects.toString(row.mailbox().alias(), ""))
                        .thenComparing(GrantEntity::id));
    }

    private static String grantId(GrantEntity row) {
        return row.shownGrant().orElseThrow().grantId();
    }
}
