package io.github.keycloaknylas.nylas;

import java.util.Set;

/**
 * A grant as Nylas returned it (Nylas: "Bring Your Own Authentication", grant object).
 *
 * @param id the grant id: 1 to 100 letters, digits, {@code -} and {@code _}
 * @param email the mailbox, or null: Nylas fills it only if the provider supplied it
 * @param providerUserId the mailbox owner's ID at the provider, or null
 * @param scopes the granted scopes as Nylas spells them: short or full, in any case
 * @param valid whether Nylas can use it: its status is {@code valid} or not given
 * @param state what {@link GrantRequest#state()} was at its last authentication, or null: Nylas does not promise
 *     the echo
 */
public record NylasGrant(
        String id, String email, String providerUserId, Set<String> scopes, boolean valid, String state) {

    /** @throws NullPointerException if there are no scopes, not even an empty set */
    public NylasGrant {
        scopes = Set.copyOf(scopes);
    }

    /** A valid grant without a state. */
    public NylasGrant(String id, String email, String providerUserId, Set<String> scopes) {
        this(id, email, providerUserId, scopes, true, null);
    }
}
