package io.github.keycloaknylas.login;

import io.github.keycloaknylas.capture.TableProbe;
import io.github.keycloaknylas.delivery.AfterCompletion;
import io.github.keycloaknylas.delivery.Delivery;
import io.github.keycloaknylas.ledger.Evidence;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/**
 * Observes the removal of links and users, whether by an administrator, the user or a partial import. It notes the
 * changes of a session and lets an {@link EvidenceStep} write the evidence at the session's end, since a removal may be
 * half of a rename.
 */
final class LinkWatcher implements ProviderEventListener {

    private static final Logger LOG = Logger.getLogger(LinkWatcher.class);

    private final TableProbe table;
    private final InstantSource clock;
    private final ThrottledWarnings warnings;

    LinkWatcher(TableProbe table, InstantSource clock) {
        this.table = table;
        this.clock = clock;
        this.warnings = new ThrottledWarnings(LOG, clock);
    }

    // An exception here would fail the removal.
    @Override
    public void onEvent(ProviderEvent event) {
        try {
            note(event);
        } catch (RuntimeException | Error e) {
            missed(e);
        }
    }

    private void missed(Throwable cause) {
        LOG.debug("Evidence of a removal was not written", cause);
        warnings.warn(
                "-",
                "-",
                "The removal of a link or a user could not be noted ("
                        + cause.getClass().getName()
                        + "), so its grant stays until an administrator confirms. Debug logging of " + LOG.getName()
                        + " shows the cause.");
    }

    private void note(ProviderEvent event) {
        if (event instanceof FederatedIdentityModel.FederatedIdentityCreatedEvent created) {
            SessionRemovals.of(created.getKeycloakSession())
                    .linkCreated(
                            mailbox(created.getRealm(), created.getFederatedIdentity()),
                            created.getUser().getId());
        } else if (event instanceof FederatedIdentityModel.FederatedIdentityRemovedEvent removed) {
            linkRemoved(removed);
        } else if (event instanceof UserModel.UserPreRemovedEvent removing) {
            removing(removing);
        } else if (event instanceof UserModel.UserRemovedEvent removed) {
            userRemoved(removed);
        } else if (event instanceof RealmModel.IdentityProviderRemovedEvent removed) {
            SessionRemovals.of(removed.getKeycloakSession())
                    .providerRemoved(
                            removed.getRealm().getId(),
                            removed.getRemovedIdentityProvider().getAlias());
        } else if (event instanceof RealmModel.RealmRemovedEvent removed) {
            SessionRemovals.of(removed.getKeycloakSession())
                    .realmRemoved(removed.getRealm().getId());
        }
    }

    private void linkRemoved(FederatedIdentityModel.FederatedIdentityRemovedEvent event) {
        KeycloakSession session = event.getKeycloakSession();
        RealmModel realm = event.getRealm();
        Mailbox mailbox = mailbox(realm, event.getFederatedIdentity());
        if (mailbox.subject() != null && table.usable(session)) {
            SessionRemovals removals = SessionRemovals.of(session);
            removals.linkRemoved(mailbox, event.getUser().getId(), () -> exists(session, realm, mailbox.alias()));
            enlist(session, removals);
        }
    }

    // Service accounts are removed with their clients and have no mailbox.
    private static void removing(UserModel.UserPreRemovedEvent event) {
        UserModel user = event.getUser();
        if (user.getServiceAccountClientLink() == null) {
            SessionRemovals.of(event.getKeycloakSession())
                    .removingUser(event.getRealm().getId(), user.getId());
        }
    }

    private void userRemoved(UserModel.UserRemovedEvent event) {
        KeycloakSession session = event.getKeycloakSession();
        SessionRemovals removals = SessionRemovals.of(session);
        String realmId = event.getRealm().getId();
        String userId = event.getUser().getId();
        if (removals.isRemoving(realmId, userId) && table.usable(session)) {
            removals.userRemoved(realmId, userId);
            enlist(session, removals);
        }
    }

    // Everything that a step needs is created here: a session that is committing accepts no further transaction
    // (Keycloak 26.7).
    private void enlist(KeycloakSession session, SessionRemovals removals) {
        if (removals.enlistOnce()) {
            Evidence evidence = Evidence.of(session);
            session.getTransactionManager()
                    .enlistPrepare(new EvidenceStep(evidence, removals, table, clock, this::missed));
            AfterCompletion.run(session, Delivery::wake);
        }
    }

    private static Mailbox mailbox(RealmModel realm, FederatedIdentityModel link) {
        return new Mailbox(realm.getId(), link.getIdentityProvider(), link.getUserId());
    }

    // Keycloak looks providers up in the realm of the session, which need not be that of the link.
    private static boolean exists(KeycloakSession session, RealmModel realm, String alias) {
        KeycloakContext context = session.getContext();
        RealmModel current = context.getRealm();
        boolean elsewhere = current == null || !current.getId().equals(realm.getId());
        if (elsewhere) {
            context.setRealm(realm);
        }
        try {
            return Optional.ofNullable(session.identityProviders().getByAlias(alias))
                    .map(IdentityProviderModel::getAlias)
                    .filter(alias::equals)
                    .isPresent();
        } finally {
            if (elsewhere) {
                context.setRealm(current);
            }
        }
    }
}
