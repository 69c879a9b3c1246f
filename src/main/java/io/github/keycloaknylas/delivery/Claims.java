package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.capture.Seal;
import io.github.keycloaknylas.capture.SealException;
import io.github.keycloaknylas.config.Advice;
import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.config.ConnectionException;
import io.github.keycloaknylas.config.Connections;
import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.LastFailure;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.SealedToken;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.nylas.NylasConnection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Takes the next due row: compare-and-set of its lease, without a lock that anybody could wait for. */
final class Claims {

    private static final Logger LOG = Logger.getLogger(Claims.class);
    private static final int CANDIDATES = 20;

    private final Jobs jobs;
    private final Gates gates;
    private final Backoff backoff;
    private final InstantSource clock;
    private final Duration lease;
    private final Advice advice;
    private final ReentrantLock turn = new ReentrantLock();

    Claims(Jobs jobs, Gates gates, Backoff backoff, InstantSource clock, Duration lease) {
        this.jobs = jobs;
        this.gates = gates;
        this.backoff = backoff;
        this.clock = clock;
        this.lease = lease;
        this.advice = new Advice(LOG, clock);
    }

    /**
     * The next row to hand over, or nothing if none is due on this node. One worker of a node at a time: the others would
     * only go for the same rows, and Hibernate warns of each race that is lost.
     */
    Optional<Claim> next() {
        turn.lock();
        try {
            return firstClaimable();
        } finally {
            turn.unlock();
        }
    }

    private Optional<Claim> firstClaimable() {
        Set<String> tried = new HashSet<>();
        List<String> candidates = untried(tried);
        while (!candidates.isEmpty()) {
            Optional<Claim> claim = candidates.stream()
                    .map(this::attempt)
                    .flatMap(Optional::stream)
                    .findFirst();
            if (claim.isPresent()) {
                return claim;
            }
            tried.addAll(candidates);
            candidates = untried(tried);
        }
        return Optional.empty();
    }

    /** Gives a row back that nobody called for. */
    void giveBack(Claim claim) {
        jobs.run(session -> Ledger.of(session)
                .byId(claim.rowId())
                .filter(row -> row.isLeasedBy(claim.lease()))
                .ifPresent(Transitions::givenBack));
    }

    // Rows that have to wait are due later from now on: those behind them come up at the next look.
    private List<String> untried(Set<String> tried) {
        return jobs.call(session -> Ledger.of(session).due(clock.millis(), gates.blocked(), CANDIDATES)).stream()
                .filter(id -> !tried.contains(id))
                .toList();
    }

    private Optional<Claim> attempt(String rowId) {
        try {
            return jobs.call(session -> claim(session, rowId));
        } catch (RuntimeException e) {
            LOG.debugf(
                    e,
                    "Row %s was not claimed: another node was faster, or a user store or the database failed",
                    rowId);
            standBack(rowId);
            return Optional.empty();
        }
    }

    // A row that cannot be claimed must not come first at every look: those behind it would never be reached.
    private void standBack(String rowId) {
        long now = clock.millis();
        try {
            jobs.run(session -> Ledger.of(session)
                    .byId(rowId)
                    .filter(row -> row.isHandoverDue() && !row.isInFlight(now))
                    .ifPresent(row -> Transitions.postponed(
                            row,
                            LastFailure.of("not_claimed", now),
                            now + backoff.temporary(row.attempts()).toMillis())));
        } catch (RuntimeException e) {
            LOG.debugf(e, "Row %s is looked at again at the next look", rowId);
        }
    }

    private Optional<Claim> claim(KeycloakSession session, String rowId) {
        Ledger ledger = Ledger.of(session);
        Optional<GrantEntity> row = ledger.byId(rowId).filter(GrantEntity::isHandoverDue);
        return row.flatMap(found -> claim(session, ledger, found));
    }

    private Optional<Claim> claim(KeycloakSession session, Ledger ledger, GrantEntity row) {
        Mailbox mailbox = row.mailbox();
        RealmModel realm = Jobs.bind(session, mailbox.realmId());
        try {
            if (realm == null || session.identityProviders().getByAlias(mailbox.alias()) == null) {
                throw new WaitingException("provider_missing", "The realm or the provider is gone.");
            }
            if (!Links.isLinked(session, realm, mailbox, row.userId())) {
                Links.lost(ledger, row, clock.millis());
                return Optional.empty();
            }
            MapperSettings settings = MapperSettings.find(session, mailbox.alias())
                    .orElseThrow(
                            () -> new WaitingException("mapper_missing", "The provider has no Nylas mapper any more."));
            Connection connection = Connections.open(session, Connections.endpoint(realm, mailbox.alias(), settings));
            return lease(session, ledger, row, realm, settings, connection);
        } catch (ConnectionException e) {
            return wait(realm, row, "connection_missing", e.getMessage());
        } catch (SealException e) {
            return wait(realm, row, "seal_key", e.getMessage());
        } catch (WaitingException e) {
            return wait(realm, row, e.failureClass(), e.getMessage());
        }
    }

    private Optional<Claim> lease(
            KeycloakSession session,
            Ledger ledger,
            GrantEntity row,
            RealmModel realm,
            MapperSettings settings,
            Connection connection) {
        Transitions.routed(
                row, connection.endpoint().name(), connection.endpoint().fingerprint());
        if (!gates.permits(connection)) {
            return Optional.empty();
        }
        NylasConnection target = Target.of(connection);
        SealedToken sealed = row.waitingToken().orElseThrow();
        String token = Seal.open(session, row.mailbox(), sealed);
        long now = clock.millis();
        return ledger.lease(row, now, now + lease.toMillis())
                .map(taken -> new Claim(
                        row.id(),
                        taken,
                        row.mailbox(),
                        realm.getName(),
                        row.userId(),
                        connection,
                        target,
                        token,
                        sealed.capturedAt(),
                        row.attempts(),
                        settings.requiredScopes()));
    }

    private Optional<Claim> wait(RealmModel realm, GrantEntity row, String failureClass, String sentence) {
        advice.warn(
                realm == null ? row.mailbox().realmId() : realm.getName(),
                row.mailbox().alias(),
                "Refresh tokens are waiting. " + sentence);
        long now = clock.millis();
        Transitions.postponed(
                row,
                LastFailure.of(failureClass, now),
                now + backoff.slow(row.attempts()).toMillis());
        return Optional.empty();
    }
}
