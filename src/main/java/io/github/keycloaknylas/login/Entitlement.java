package io.github.keycloaknylas.login;

import io.github.keycloaknylas.config.Audience;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Determines what the user of a completed login may get a grant for. */
record Entitlement(
        KeycloakSession session, RealmModel realm, UserModel user, String clientId, ThrottledWarnings warnings) {

    /** Returns whether the user's link for the provider has exactly this subject. */
    boolean isLinked(Mailbox mailbox) {
        FederatedIdentityModel link = session.users().getFederatedIdentity(realm, user, mailbox.alias());
        return link != null && mailbox.subject().equals(link.getUserId());
    }

    /** Returns whether the user is among those who get grants. A condition that no user can meet is logged. */
    boolean isAdmitted(String alias, Audience audience) {
        if (audience.admits(session, realm, user, clientId)) {
            return true;
        }
        audience.problems(session, realm).forEach(problem -> warnings.warn(realm.getName(), alias, problem));
        return false;
    }
}
