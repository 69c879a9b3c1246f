package io.github.keycloaknylas.sweep;

import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Transactions;
import java.util.function.Predicate;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Checks whether the realm and the identity provider of a row still exist. */
public final class IdentityProviders {

    private IdentityProviders() {}

    /** Returns a check for rows. The session stays bound to its realm. */
    public static Predicate<GrantEntity> existing(KeycloakSession session) {
        return row -> {
            RealmModel bound = session.getContext().getRealm();
            try {
                return exists(
                        session,
                        Transactions.bind(session, row.mailbox().realmId()),
                        row.mailbox().alias());
            } finally {
                session.getContext().setRealm(bound);
            }
        };
    }

    /** @param realm realm that the session is bound to; null if it does not exist any more */
    public static boolean exists(KeycloakSession session, RealmModel realm, String alias) {
        return realm != null && (alias == null || session.identityProviders().getByAlias(alias) != null);
    }
}
