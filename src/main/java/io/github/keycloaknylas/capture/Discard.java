package io.github.keycloaknylas.capture;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.AccessTokenResponse;

/** Removes Keycloak's own copies of the refresh token: the one on its way and one that an earlier login stored. */
final class Discard {

    private Discard() {}

    static void copies(KeycloakSession session, RealmModel realm, BrokeredIdentityContext context) {
        // The entry itself stays: OIDCIdentityProvider.authenticationFinished reads it. Empty and not null, since as a
        // note
        // it overwrites what a session from before the mapper may hold. Before anything that may fail.
        if (context.getContextData().get(OIDCIdentityProvider.FEDERATED_ACCESS_TOKEN_RESPONSE)
                instanceof AccessTokenResponse response) {
            response.setRefreshToken("");
        }
        // Stored first: Keycloak answers 500 if the new token is null while an old one is stored
        // (IdentityBrokerService.updateToken parses both).
        clearStored(session, realm, context);
        context.setToken(null);
    }

    private static void clearStored(KeycloakSession session, RealmModel realm, BrokeredIdentityContext context) {
        String alias = context.getIdpConfig().getAlias();
        linkedUser(session, realm, alias, context).ifPresent(user -> {
            FederatedIdentityModel link = session.users().getFederatedIdentity(realm, user, alias);
            if (link != null && link.getToken() != null) {
                link.setToken(null);
                session.users().updateFederatedIdentity(realm, user, link);
            }
        });
    }

    // The same two look-ups, with the same arguments, as Keycloak makes next: what they read is cached for it.
    private static Optional<UserModel> linkedUser(
            KeycloakSession session, RealmModel realm, String alias, BrokeredIdentityContext context) {
        return Stream.of(context.getId(), context.getLegacyId())
                .filter(Objects::nonNull)
                .map(subject -> session.users()
                        .getUserByFederatedIdentity(
                                realm, new FederatedIdentityModel(alias, subject, context.getUsername())))
                .filter(Objects::nonNull)
                .findFirst();
    }
}
