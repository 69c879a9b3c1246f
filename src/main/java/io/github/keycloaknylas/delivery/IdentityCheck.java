package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.mail.IdentityMatch;
import io.github.keycloaknylas.mail.MailProvider;

/** Decides whether a grant is the mailbox of the person who signed in, or was accepted by an administrator. */
final class IdentityCheck {

    private IdentityCheck() {}

    // Nylas documents provider_user_id as subject to change, so two different IDs count only where IDs are known
    // to match.
    static boolean isOwn(Ledger ledger, GrantEntity row, ConnectedGrant grant, MailProvider provider) {
        if (row.isAccepted(grant)) {
            return true;
        }
        IdentityMatch match = row.expectedIdentity().compare(grant.providerUserId(), grant.email(), provider);
        return match.fits(
                match == IdentityMatch.OTHER_ID_SAME_ADDRESS && ledger.answersWithIds(row.mailbox(), provider));
    }
}
