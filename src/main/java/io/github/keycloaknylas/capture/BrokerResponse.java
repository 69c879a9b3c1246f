package io.github.keycloaknylas.capture;

import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.mail.MailProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A broker response with a refresh token worth capturing. Lives as long as the request.
 *
 * @param provider mail provider that issued the token
 * @param token the refresh token
 * @param identity who signed in
 */
record BrokerResponse(
        KeycloakSession session,
        RealmModel realm,
        MapperSettings settings,
        BrokeredIdentityContext context,
        MailProvider provider,
        Token token,
        ExpectedIdentity identity) {

    /**
     * The refresh token.
     *
     * @param text the token in clear text
     * @param receivedAt time of the response, in milliseconds since the epoch
     */
    record Token(String text, long receivedAt) {

        @Override
        public String toString() {
            return "Token[received at " + receivedAt + "]";
        }
    }

    /** Returns the mailbox as of now: another mapper may set the subject until the last one has run. */
    Mailbox mailbox() {
        return new Mailbox(realm.getId(), context.getIdpConfig().getAlias(), context.getId());
    }

    AuthenticationSessionModel login() {
        return context.getAuthenticationSession();
    }

    @Override
    public String toString() {
        return "BrokerResponse[" + mailbox() + "]";
    }
}
