package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.capture.Captures;
import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.Departures;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.ledger.Worklist;
import io.github.keycloaknylas.nylas.NylasConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Decides which grants of accounts that are gone may be deleted, and writes down what came of it. */
final class Removals {

    private static final int BATCH = 20;

    private final Jobs jobs;
    private final Backoff backoff;
    private final InstantSource clock;
    private final Duration grace;
    private final Duration lease;
    private final Logger log;

    Removals(Jobs jobs, Backoff backoff, InstantSource clock, Duration grace, Duration lease, Logger log) {
        this.jobs = jobs;
        this.backoff = backoff;
        this.clock = clock;
        this.grace = grace;
        this.lease = lease;
        this.log = log;
    }

    /** A grant that may be deleted, by whoever has the lease. */
    record Removal(String rowId, String lease, NylasConnection target, String grantId) {}

    /** Ids of rows whose grace is over. */
    List<String> due() {
        long now = clock.millis();
        return jobs.call(session -> Worklist.of(session).leavingSinceBefore(now - grace.toMillis(), now, BATCH));
    }

    /** Nothing, if there is nothing to delete; then the row is settled. */
    Optional<Removal> take(String rowId) {
        return jobs.call(session -> {
            Ledger ledger = Ledger.of(session);
            return ledger.byId(rowId)
                    .filter(row -> row.is(GrantState.LEAVING) && !row.isInFlight(clock.millis()))
                    .flatMap(row -> take(session, ledger, row));
        });
    }

    private Optional<Removal> take(KeycloakSession session, Ledger ledger, GrantEntity row) {
        RealmModel realm = Jobs.bind(session, row.mailbox().realmId());
        if (realm != null) {
            Optional<String> owner = Links.owner(session, realm, row);
            if (owner.isPresent()) {
                ledger.link(row, owner.get(), clock.millis());
                return Optional.empty();
            }
        }
        Optional<ConnectedGrant> grant = row.grant();
        if (grant.isEmpty() || ledger.isHeldByAnother(row, grant.get().grantId())) {
            if (row.mayHaveAnUnknownGrant()) {
                warnOfUnknownGrant(row, realm);
            }
            forget(ledger, row);
            return Optional.empty();
        }
        if (isWanted(session, ledger, row, grant.get())) {
            postpone(row);
            return Optional.empty();
        }
        Optional<NylasConnection> target = realm == null ? Optional.empty() : Target.find(session, realm, row);
        if (target.isEmpty()) {
            log.warnf(
                    "Nylas grants: grant %s belonged to an account that is gone, and its connection is gone too. Delete it"
                            + " in the Nylas dashboard, or it is billed on.",
                    grant.get().grantId());
            forget(ledger, row);
            return Optional.empty();
        }
        String taken = Departures.deletionStarted(row, clock.millis() + lease.toMillis());
        ledger.flush();
        return Optional.of(
                new Removal(row.id(), taken, target.get(), grant.get().grantId()));
    }

    // Whoever is about to get the grant may still be refused it: then it has to be deleted after all.
    private static boolean isWanted(KeycloakSession session, Ledger ledger, GrantEntity row, ConnectedGrant grant) {
        return ledger.isWantedByAnother(row, grant)
                || Captures.of(session).anyFits(grant.providerUserId(), grant.email());
    }

    private void warnOfUnknownGrant(GrantEntity row, RealmModel realm) {
        log.warnf(
                "Nylas grants, realm '%s', provider '%s', user %s: the account is gone, and Nylas' answer to its last"
                        + " handover was lost. If that made a grant, only Nylas knows it: look in the Nylas dashboard for"
                        + " one that no application uses, or it is billed on.",
                realm == null ? row.mailbox().realmId() : realm.getName(),
                row.mailbox().alias(),
                row.userId());
    }

    /** A last look before what cannot be undone: the account may be linked again, or somebody else got the grant. */
    boolean isStillOurs(Removal removal) {
        return jobs.call(session -> {
            Ledger ledger = Ledger.of(session);
            Optional<GrantEntity> ours = ours(ledger, removal);
            boolean still = ours.filter(row -> row.is(GrantState.LEAVING))
                    .filter(row -> !ledger.isHeldByAnother(row, removal.grantId()))
                    .isPresent();
            if (!still) {
                ours.ifPresent(Transitions::givenBack);
            }
            return still;
        });
    }

    void giveBack(Removal removal) {
        jobs.run(session -> ours(Ledger.of(session), removal).ifPresent(Transitions::givenBack));
    }

    /** @param gone whether the grant is deleted; otherwise it is tried again later */
    void record(Removal removal, boolean gone) {
        jobs.run(session -> {
            Ledger ledger = Ledger.of(session);
            ours(ledger, removal).ifPresent(row -> settle(ledger, row, gone));
        });
    }

    private static Optional<GrantEntity> ours(Ledger ledger, Removal removal) {
        return ledger.byId(removal.rowId()).filter(row -> row.isLeasedBy(removal.lease()));
    }

    // The account may be linked again by now, with a token that waits: such a row stays.
    private void settle(Ledger ledger, GrantEntity row, boolean gone) {
        boolean leaving = row.is(GrantState.LEAVING);
        if (gone && leaving) {
            forget(ledger, row);
        } else if (gone) {
            Departures.deleted(row, clock.millis());
        } else if (leaving) {
            postpone(row);
        } else {
            Transitions.givenBack(row);
        }
    }

    /** Removes a row, or keeps it without its grant until the user's attribute is taken back. */
    private void forget(Ledger ledger, GrantEntity row) {
        if (row.isProjectionDue()) {
            Departures.deleted(row, clock.millis());
            postpone(row);
        } else {
            ledger.remove(row);
        }
    }

    private void postpone(GrantEntity row) {
        Departures.deletionPostponed(
                row, clock.millis() + backoff.slow(row.attempts()).toMillis());
    }
}
