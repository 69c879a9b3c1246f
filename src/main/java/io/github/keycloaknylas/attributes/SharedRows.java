package io.github.keycloaknylas.attributes;

import io.github.keycloaknylas.config.StatusAttribute;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.Transactions;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;

/**
 * The mailboxes of a user that share an attribute, and which of them it shows: the one whose provider comes first in
 * the alphabet, as in the claims. The rows of a user are read once.
 */
public final class SharedRows {

    private static final Comparator<GrantEntity> FIRST = Comparator.comparing(
                    (GrantEntity row) -> Objects.toString(row.mailbox().alias(), ""))
            .thenComparing(GrantEntity::id);
    /** The status belongs to the grant ID that is shown, if one is. */
    private static final Comparator<GrantEntity> GRANT_FIRST = Comparator.comparing(
                    (GrantEntity row) -> row.shownGrant().isEmpty())
            .thenComparing(FIRST);

    private final AttributeNames names;
    private final Map<String, List<GrantEntity>> byUser = new HashMap<>();

    /** @param session bound to the realm before any rows are read */
    public SharedRows(KeycloakSession session) {
        this.names = new AttributeNames(session);
    }

    /**
     * Reads the rows of the user of a handover, among them its own.
     *
     * @param attribute the name that the mapper of the mailbox's provider gives
     */
    public static SharedRows of(KeycloakSession session, Mailbox mailbox, String userId, String attribute) {
        Transactions.bind(session, mailbox.realmId());
        SharedRows rows = new SharedRows(session);
        rows.names.known(mailbox.alias(), attribute);
        rows.ofUser(mailbox.realmId(), userId);
        return rows;
    }

    /** The names of the attributes. */
    AttributeNames names() {
        return names;
    }

    /** Returns the mailbox whose grant ID the attribute of this name shows. */
    Optional<GrantEntity> ofGrant(String userId, String name) {
        return ofUser(userId).stream()
                .filter(row -> row.shownGrant().isPresent())
                .filter(row -> names.of(row).filter(name::equals).isPresent())
                .min(FIRST);
    }

    /** Returns the mailbox whose status the status attribute of this name shows. */
    Optional<GrantEntity> ofStatus(String userId, String statusName) {
        return ofUser(userId).stream()
                .filter(row -> row.shownStatus().isPresent())
                .filter(row -> names.of(row)
                        .map(StatusAttribute::of)
                        .filter(statusName::equals)
                        .isPresent())
                .min(GRANT_FIRST);
    }

    private List<GrantEntity> ofUser(String userId) {
        return ofUser(names.session().getContext().getRealm().getId(), userId);
    }

    private List<GrantEntity> ofUser(String realmId, String userId) {
        return byUser.computeIfAbsent(userId, user -> Ledger.of(names.session()).ofUser(realmId, user));
    }
}
