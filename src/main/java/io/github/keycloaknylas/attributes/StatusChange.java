package io.github.keycloaknylas.attributes;

import io.github.keycloaknylas.ledger.ShownStatus;
import java.util.Optional;

/**
 * A change of the status that a user's attribute shows.
 *
 * @param realmId ID of the user's realm
 * @param realmName name of the realm
 * @param userId the user
 * @param alias alias of the identity provider whose mailbox caused the change; null for a mailbox without one
 * @param before the status that was shown; empty if there was none
 * @param after the status that is shown now; empty if the attribute was removed
 */
public record StatusChange(
        String realmId,
        String realmName,
        String userId,
        String alias,
        Optional<ShownStatus> before,
        Optional<ShownStatus> after) {}
