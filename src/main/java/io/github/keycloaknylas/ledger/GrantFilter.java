package io.github.keycloaknylas.ledger;

import java.util.Optional;

/**
 * Which mailboxes of a realm are listed.
 *
 * @param realmId ID of the realm
 * @param state state of the grant, if it matters
 * @param alias alias of the identity provider, if it matters
 * @param userId ID of the user, if it matters
 * @param address what the mailbox address begins with, if it matters; upper and lower case are the same
 */
public record GrantFilter(
        String realmId,
        Optional<GrantState> state,
        Optional<String> alias,
        Optional<String> userId,
        Optional<String> address) {}
