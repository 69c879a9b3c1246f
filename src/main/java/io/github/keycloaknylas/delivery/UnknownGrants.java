package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.GrantEntity;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Reports grants that Nylas may have made and whose ID was lost, so that an administrator can look for them. */
final class UnknownGrants {

    private final Logger log;

    UnknownGrants(Logger log) {
        this.log = log;
    }

    void report(KeycloakSession session, GrantEntity row) {
        if (row.mayHaveAnUnknownGrant()) {
            RealmModel realm = session.getContext().getRealm();
            log.warnf(
                    "NYLAS-1508: Nylas grants, realm '%s', provider '%s', user %s: the account was unlinked, and Nylas' answer to"
                            + " its last handover was lost. If that made a grant, its state at Nylas is 'keycloak:%s':"
                            + " look for it in the Nylas dashboard and delete it, or it is billed on.",
                    realm == null ? row.mailbox().realmId() : realm.getName(),
                    row.mailbox().alias(),
                    row.userId(),
                    row.id());
        }
    }
}
