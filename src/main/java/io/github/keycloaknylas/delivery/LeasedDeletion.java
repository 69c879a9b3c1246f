package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.ledger.GrantConnection;
import io.github.keycloaknylas.mail.MailProvider;
import java.util.List;

/**
 * A deletion that a worker of this node has leased.
 *
 * @param lease of the deletion
 * @param grantId Nylas' ID of the grant
 * @param home the application the grant belongs to
 * @param connections that may reach that application: the one the grant was made through, and the one that the provider
 *     uses now
 * @param attempts failed ones so far
 * @param provider of the grant
 */
record LeasedDeletion(
        Lease lease,
        String grantId,
        GrantConnection home,
        List<Connection> connections,
        int attempts,
        Provider provider) {

    /**
     * The provider of the grant.
     *
     * @param realm name of the realm, or its ID if it does not exist any more; for messages
     * @param alias of the identity provider, for messages; null for a grant that was made without one
     * @param mail that the mailbox is at
     */
    record Provider(String realm, String alias, MailProvider mail) {}

    @Override
    public String toString() {
        return "LeasedDeletion[grant " + grantId + "]";
    }
}
