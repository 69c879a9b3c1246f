package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.capture.Captures;
import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.nylas.Answer;
import io.github.keycloaknylas.nylas.Deletion;
import io.github.keycloaknylas.nylas.NylasClient;
import io.github.keycloaknylas.nylas.NylasConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Deletes the grants of accounts that are gone, after the grace: deletion is final, and every grant is billed. A grant
 * that anybody else holds, or may be about to get, is left alone.
 */
final class Leaver {

    private static final Logger LOG = Logger.getLogger(Leaver.class);
    private static final int BATCH = 20;

    private final Jobs jobs;
    private final NylasClient nylas;
    private final Pace pace;
    private final Backoff backoff;
    private final InstantSource clock;
    private final Duration grace;
    private final Duration lease;

    Leaver(
            Jobs jobs,
            NylasClient nylas,
            Pace pace,
            Backoff backoff,
            InstantSource clock,
            Duration grace,
            Duration lease) {
        this.jobs = jobs;
        this.nylas = nylas;
        this.pace = pace;
        this.backoff = backoff;
        this.clock = clock;
        this.grace = grace;
        this.lease = lease;
    }

    private record Departure(String rowId, String lease, NylasConnection target, String grantId) {}

    void deleteDue() {
        long now = clock.millis();
        List<String> due =
                jobs.call(session -> Ledger.of(session).leavingSinceBefore(now - grace.toMillis(), now, BATCH));
        for (String rowId : due) {
            if (pace.isStopped()) {
                return;
            }
            deleteOne(rowId);
        }
    }

    private void deleteOne(String rowId) {
        try {
            jobs.call(session -> take(session, rowId))
                    .filter(this::hasItsTurn)
                    .filter(this::isStillOurs)
                    .ifPresent(this::delete);
        } catch (RuntimeException e) {
            LOG.debugf(e, "Row %s is looked at again later", rowId);
        }
    }

    private Optional<Departure> take(KeycloakSession session, String rowId) {
        Ledger ledger = Ledger.of(session);
        return ledger.byId(rowId)
                .filter(row -> row.is(GrantState.LEAVING) && !row.isInFlight(clock.millis()))
                .flatMap(row -> take(session, ledger, row));
    }

    private Optional<Departure> take(KeycloakSession session, Ledger ledger, GrantEntity row) {
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
            forget(ledger, row);
            return Optional.empty();
        }
        if (isWanted(session, ledger, row, grant.get())) {
            postpone(row);
            return Optional.empty();
        }
        Optional<NylasConnection> target = realm == null ? Optional.empty() : Target.find(session, realm, row);
        if (target.isEmpty()) {
            LOG.warnf(
                    "Nylas grants: grant %s belonged to an account that is gone, and its connection is gone too. Delete it"
                            + " in the Nylas dashboard, or it is billed on.",
                    grant.get().grantId());
            forget(ledger, row);
            return Optional.empty();
        }
        String taken = Transitions.deletionStarted(row, clock.millis() + lease.toMillis());
        ledger.flush();
        return Optional.of(
                new Departure(row.id(), taken, target.get(), grant.get().grantId()));
    }

    // Whoever is about to get the grant may still be refused it: then it has to be deleted after all.
    private static boolean isWanted(KeycloakSession session, Ledger ledger, GrantEntity row, ConnectedGrant grant) {
        return ledger.isWantedByAnother(row, grant)
                || Captures.of(session).anyFits(grant.providerUserId(), grant.email());
    }

    // Waits before the last look, so that nothing but the call comes after it.
    private boolean hasItsTurn(Departure departure) {
        boolean turn = false;
        try {
            turn = pace.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!turn) {
            jobs.run(session -> Ledger.of(session)
                    .byId(departure.rowId())
                    .filter(row -> row.isLeasedBy(departure.lease()))
                    .ifPresent(Transitions::givenBack));
        }
        return turn;
    }

    // A last look before what cannot be undone: the account may be linked again, or somebody else got the grant.
    private boolean isStillOurs(Departure departure) {
        return jobs.call(session -> {
            Ledger ledger = Ledger.of(session);
            Optional<GrantEntity> ours =
                    ledger.byId(departure.rowId()).filter(row -> row.isLeasedBy(departure.lease()));
            boolean still = ours.filter(row -> row.is(GrantState.LEAVING))
                    .filter(row -> !ledger.isHeldByAnother(row, departure.grantId()))
                    .isPresent();
            if (!still) {
                ours.ifPresent(Transitions::givenBack);
            }
            return still;
        });
    }

    private void delete(Departure departure) {
        Answer<Deletion> answer = nylas.deleteGrant(departure.target(), departure.grantId());
        boolean gone = answer instanceof Answer.Done<Deletion>;
        jobs.run(session -> {
            Ledger ledger = Ledger.of(session);
            ledger.byId(departure.rowId())
                    .filter(row -> row.isLeasedBy(departure.lease()))
                    .ifPresent(row -> settle(ledger, row, gone));
        });
    }

    // The account may be linked again by now, with a token that waits: such a row stays.
    private void settle(Ledger ledger, GrantEntity row, boolean gone) {
        boolean leaving = row.is(GrantState.LEAVING);
        if (gone && leaving) {
            forget(ledger, row);
        } else if (gone) {
            Transitions.deleted(row, clock.millis());
        } else if (leaving) {
            postpone(row);
        } else {
            Transitions.givenBack(row);
        }
    }

    /** Removes a row, or keeps it without its grant until the user's attribute is taken back. */
    private void forget(Ledger ledger, GrantEntity row) {
        if (row.isProjectionDue()) {
            Transitions.deleted(row, clock.millis());
            postpone(row);
        } else {
            ledger.remove(row);
        }
    }

    private void postpone(GrantEntity row) {
        Transitions.deletionPostponed(
                row, clock.millis() + backoff.slow(row.attempts()).toMillis());
    }
}
