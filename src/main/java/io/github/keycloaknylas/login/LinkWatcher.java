package io.github.keycloaknylas.login;

import io.github.keycloaknylas.delivery.Delivery;
import io.github.keycloaknylas.ledger.Mailbox;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/**
 * Sees links come and go and users leave, on every path: console, account, REST, federation. It only tells the workers,
 * who look again: a removal may be the first half of a move.
 */
final class LinkWatcher implements ProviderEventListener {

    private static final Logger LOG = Logger.getLogger(LinkWatcher.class);

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof FederatedIdentityModel.FederatedIdentityCreatedEvent created) {
            tell(created.getKeycloakSession(), linkChanged(created.getRealm(), created.getFederatedIdentity()));
        } else if (event instanceof FederatedIdentityModel.FederatedIdentityRemovedEvent removed) {
            tell(removed.getKeycloakSession(), linkChanged(removed.getRealm(), removed.getFederatedIdentity()));
        } else if (event instanceof UserModel.UserRemovedEvent removed) {
            String realmId = removed.getRealm().getId();
            String userId = removed.getUser().getId();
            tell(removed.getKeycloakSession(), delivery -> delivery.userGone(realmId, userId));
        }
    }

    private static Consumer<Delivery> linkChanged(RealmModel realm, FederatedIdentityModel link) {
        Mailbox mailbox = new Mailbox(realm.getId(), link.getIdentityProvider(), link.getUserId());
        return delivery -> delivery.linkChanged(mailbox);
    }

    private static void tell(KeycloakSession session, Consumer<Delivery> message) {
        try {
            AfterCompletion.run(session, message);
        } catch (RuntimeException e) {
            LOG.debug("The workers were not told of a change of links", e);
        }
    }
}
