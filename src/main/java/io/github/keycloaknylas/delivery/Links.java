package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.Departures;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Mailbox;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Keeps the ledger to the links as they are now: a grant goes with the account it belongs to. */
final class Links {

    private static final Logger LOG = Logger.getLogger(Links.class);

    private final Jobs jobs;
    private final InstantSource clock;

    Links(Jobs jobs, InstantSource clock) {
        this.jobs = jobs;
        this.clock = clock;
    }

    /** Looks again at one account, after its link came or went. */
    void recheck(Mailbox mailbox) {
        guarded(() -> jobs.run(session -> {
            Ledger ledger = Ledger.of(session);
            ledger.find(mailbox).ifPresent(row -> recheck(session, ledger, row));
        }));
    }

    /** Looks again at all accounts of a user who may be gone. */
    void recheckUser(String realmId, String userId) {
        guarded(() -> jobs.run(session -> {
            Ledger ledger = Ledger.of(session);
            ledger.ofUser(realmId, userId).forEach(row -> recheck(session, ledger, row));
        }));
    }

    /** Looks again at one row, whatever happened. */
    void recheckRow(String rowId) {
        guarded(() -> jobs.run(session -> {
            Ledger ledger = Ledger.of(session);
            ledger.byId(rowId).ifPresent(row -> recheck(session, ledger, row));
        }));
    }

    private void recheck(KeycloakSession session, Ledger ledger, GrantEntity row) {
        Mailbox mailbox = row.mailbox();
        RealmModel realm = Jobs.bind(session, mailbox.realmId());
        // Grants outlive their realm and provider: an import with override removes and re-creates both.
        if (realm == null || session.identityProviders().getByAlias(mailbox.alias()) == null) {
            return;
        }
        Optional<String> owner = owner(session, realm, row);
        if (owner.isEmpty()) {
            lost(ledger, row, clock.millis());
        } else if (row.is(GrantState.LEAVING) || !owner.get().equals(row.userId())) {
            ledger.link(row, owner.get(), clock.millis());
        }
    }

    /** Id of the user whom the account is linked to. The look-up by subject may find one that differs by case alone. */
    static Optional<String> owner(KeycloakSession session, RealmModel realm, GrantEntity row) {
        Mailbox mailbox = row.mailbox();
        if (isLinked(session, realm, mailbox, row.userId())) {
            return Optional.of(row.userId());
        }
        return Optional.ofNullable(session.users()
                        .getUserByFederatedIdentity(
                                realm, new FederatedIdentityModel(mailbox.alias(), mailbox.subject(), null)))
                .map(UserModel::getId)
                .filter(userId -> isLinked(session, realm, mailbox, userId));
    }

    /** Whether the account is linked to this very user. Databases may ignore case; subjects do not. */
    static boolean isLinked(KeycloakSession session, RealmModel realm, Mailbox mailbox, String userId) {
        UserModel user = session.users().getUserById(realm, userId);
        FederatedIdentityModel link =
                user == null ? null : session.users().getFederatedIdentity(realm, user, mailbox.alias());
        return link != null && mailbox.subject().equals(link.getUserId());
    }

    /** The link is gone: nothing more is handed over. A row with nothing to take back, or to tell of, goes at once. */
    static void lost(Ledger ledger, GrantEntity row, long now) {
        if (row.grant().isEmpty() && !row.mayHaveAnUnknownGrant() && !row.isProjectionDue()) {
            ledger.remove(row);
        } else if (!row.is(GrantState.LEAVING)) {
            Departures.leaving(row, now);
        }
    }

    private static void guarded(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException e) {
            LOG.debug("A change of links is looked at again later", e);
        }
    }
}
