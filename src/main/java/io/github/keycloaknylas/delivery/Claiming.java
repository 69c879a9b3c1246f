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
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Takes one row: everything that a call needs is looked up before the lease is, and what is missing lets the row wait. */
final class Claiming {

    private static final Logger LOG = Logger.getLogger(Claiming.class);

    private final Gates gates;
    private final Backoff backoff;
    private final InstantSource clock;
    private final Duration lease;
    private final Advice advice;

    Claiming(Gates gates, Backoff backoff, InstantSource clock, Duration lease) {
        this.gates = gates;
        this.backoff = backoff;
        this.clock = clock;
        this.lease = lease;
        this.advice = new Advice(LOG, clock);
    }

    /**
     * Claims a row, or lets it wait where somebody has to put something right first.
     *
     * @param session fresh: it is bound to the row's realm here
     */
    Optional<Claim> claim(KeycloakSession session, String rowId) {
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
