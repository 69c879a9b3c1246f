package io.github.keycloaknylas.attributes;

import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.ledger.WrittenAttribute;
import io.github.keycloaknylas.links.UserAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Makes a user's attributes show the state in the ledger: one the grant ID, one the status. If several mailboxes of a
 * user share them, {@link SharedRows} chooses the one that is shown.
 */
public final class AttributeWriter {

    private final UserAttributes attributes;
    private final StatusWriter status;

    /** @param attributes the storage that is written to */
    public AttributeWriter(UserAttributes attributes) {
        this.attributes = attributes;
        this.status = new StatusWriter(attributes);
    }

    /**
     * Writes the attributes of a row's user and removes them from a user or name that they no longer belong to.
     *
     * @param session bound to the row's realm, or to none if the realm is gone
     * @param rows of this session
     * @return the changes of shown statuses; empty, with nothing written, if the name of the attribute is not known,
     *     since the mapper is missing and the row was never shown
     */
    public Optional<List<StatusChange>> write(KeycloakSession session, SharedRows rows, GrantEntity row) {
        RealmModel realm = session.getContext().getRealm();
        Optional<WrittenAttribute> last = row.writtenAttribute();
        Optional<String> name =
                realm == null ? last.map(WrittenAttribute::name) : rows.names().of(row);
        boolean isShown = row.shownStatus().isPresent();
        List<StatusChange> changes = new ArrayList<>();
        if (realm != null) {
            if (name.isEmpty() && isShown) {
                return Optional.empty();
            }
            last.filter(written -> !written.userId().equals(row.userId())
                            || !written.name().equals(name.orElse(null)))
                    .ifPresent(written -> settle(session, rows, row, written, changes));
            name.map(known -> new WrittenAttribute(
                            row.userId(),
                            known,
                            last.map(WrittenAttribute::value).orElse(null)))
                    .ifPresent(current -> settle(session, rows, row, current, changes));
        }
        Transitions.attributeWritten(
                row,
                row.userId(),
                name.filter(known -> isShown).orElse(null),
                name.flatMap(known -> row.shownGrant())
                        .map(ConnectedGrant::grantId)
                        .orElse(null));
        return Optional.of(changes);
    }

    /** Returns whether the attributes of a user no longer show the state in the ledger. */
    public boolean differs(KeycloakSession session, GrantEntity row) {
        SharedRows rows = new SharedRows(session);
        return row.shownStatus().isPresent()
                && rows.names()
                        .of(row)
                        .filter(name -> grantDiffers(session, rows, row, name)
                                || status.differs(session, rows, row.userId(), name))
                        .isPresent();
    }

    private boolean grantDiffers(KeycloakSession session, SharedRows rows, GrantEntity row, String name) {
        return row.shownGrant().isPresent()
                && !attributes
                        .read(session, session.getContext().getRealm(), row.userId(), name)
                        .equals(rows.ofGrant(row.userId(), name).map(AttributeWriter::grantId));
    }

    private void settle(
            KeycloakSession session,
            SharedRows rows,
            GrantEntity row,
            WrittenAttribute attribute,
            List<StatusChange> changes) {
        settleGrant(session, rows, row, attribute);
        status.settle(session, rows, row, attribute.userId(), attribute.name()).ifPresent(changes::add);
    }

    // The value of another mailbox is written and recorded when that one is due; otherwise it would never be removed.
    private void settleGrant(KeycloakSession session, SharedRows rows, GrantEntity row, WrittenAttribute attribute) {
        RealmModel realm = session.getContext().getRealm();
        String userId = attribute.userId();
        String name = attribute.name();
        Optional<String> current = attributes.read(session, realm, userId, name);
        Optional<String> shown = rows.ofGrant(userId, name)
                .filter(other -> other.id().equals(row.id()) || !other.isAttributeDue())
                .map(AttributeWriter::grantId);
        if (shown.isPresent() && !shown.equals(current)) {
            attributes.write(session, realm, userId, name, shown.get());
        } else if (shown.isEmpty()
                && attribute.value() != null
                && current.filter(attribute.value()::equals).isPresent()) {
            // Another mapper may write the same attribute, so only the value written for this row is removed.
            attributes.remove(session, realm, userId, name);
        }
    }

    private static String grantId(GrantEntity row) {
        return row.shownGrant().orElseThrow().grantId();
    }
}
