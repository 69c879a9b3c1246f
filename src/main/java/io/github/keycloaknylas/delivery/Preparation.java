package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.capture.Seal;
import io.github.keycloaknylas.capture.SealException;
import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.config.ConnectionException;
import io.github.keycloaknylas.config.Connections;
import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.LastFailure;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.SealedToken;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.limits.Backoff;
import io.github.keycloaknylas.limits.CircuitBreakers;
import io.github.keycloaknylas.limits.PreparationLimiter;
import io.github.keycloaknylas.limits.SettingKey;
import io.github.keycloaknylas.limits.SettingPermit;
import io.github.keycloaknylas.mail.MailProvider;
import io.github.keycloaknylas.mail.MailProviders;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import io.github.keycloaknylas.sweep.IdentityProviders;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Reads everything that the call for a leased row needs, and puts the row back if something is missing. */
final class Preparation {

    private static final Logger LOG = Logger.getLogger(Preparation.class);
    private static final String NOT_PREPARED = "not_prepared";

    private final Transactions transactions;
    private final HandoverConditions conditions;
    private final CircuitBreakers breakers;
    private final PreparationLimiter limiter;
    private final Backoff backoff;
    private final InstantSource clock;
    private final ThrottledWarnings warnings;

    Preparation(
            Transactions transactions,
            HandoverConditions conditions,
            CircuitBreakers breakers,
            PreparationLimiter limiter,
            Backoff backoff,
            InstantSource clock) {
        this.transactions = transactions;
        this.conditions = conditions;
        this.breakers = breakers;
        this.limiter = limiter;
        this.backoff = backoff;
        this.clock = clock;
        this.warnings = new ThrottledWarnings(LOG, clock);
    }

    /** Returns the prepared call, or nothing if the row has been put back. */
    Optional<PreparedHandover> prepare(LeasedRow leased) {
        try (PreparationLimiter.Slot slot = leased.slot();
                SettingPermit permit =
                        breakers.permit(new SettingKey(leased.lane())).orElse(null)) {
            if (permit == null) {
                putBack(leased, row -> Transitions.givenBack(row, clock.millis()));
                return Optional.empty();
            }
            return transactions.call(session -> prepare(session, leased, permit));
        } catch (RuntimeException | LinkageError e) {
            LOG.debugf(e, "Row %s could not be prepared and is tried again later", leased.rowId());
            putBack(
                    leased,
                    row -> Transitions.postponed(
                            row,
                            LastFailure.of(NOT_PREPARED, clock.millis()),
                            row.waitingToken().map(SealedToken::capturedAt).orElse(0L),
                            clock.millis() + backoff.temporary(row.attempts()).toMillis(),
                            clock.millis()));
            return Optional.empty();
        }
    }

    private void putBack(LeasedRow leased, Consumer<GrantEntity> change) {
        transactions.retrying(session -> leased.in(session).ifPresent(change));
    }

    private Optional<PreparedHandover> prepare(KeycloakSession session, LeasedRow leased, SettingPermit permit) {
        return leased.in(session)
                .filter(GrantEntity::isHandoverDue)
                .flatMap(row -> prepare(session, leased, permit, row));
    }

    private Optional<PreparedHandover> prepare(
            KeycloakSession session, LeasedRow leased, SettingPermit permit, GrantEntity row) {
        Mailbox mailbox = row.mailbox();
        limiter.learned(leased.lane(), mailbox.realmId());
        RealmModel realm = Transactions.bind(session, mailbox.realmId());
        try {
            Optional<PreparedHandover> prepared = prepare(session, realm, leased, row);
            permit.found();
            return prepared;
        } catch (ConnectionException e) {
            return wait(permit, realm, row, failureClass(e), e.getMessage());
        } catch (SealException e) {
            return wait(permit, realm, row, "seal_key", e.getMessage());
        } catch (MissingSettingException e) {
            return wait(permit, realm, row, e.failureClass(), e.getMessage());
        }
    }

    private Optional<PreparedHandover> prepare(
            KeycloakSession session, RealmModel realm, LeasedRow leased, GrantEntity row) {
        Mailbox mailbox = row.mailbox();
        MailProvider provider = MailProviders.installed().of(session, mailbox.alias());
        if (!IdentityProviders.exists(session, realm, mailbox.alias())) {
            throw new MissingSettingException("provider_missing", "The realm or the provider does not exist any more.");
        }
        MapperSettings settings = MapperSettings.find(session, mailbox.alias())
                .orElseThrow(() ->
                        new MissingSettingException("mapper_missing", "The provider has no Nylas mapper any more."));
        if (!conditions.isGrantLeft(session, realm, row, settings)) {
            return Optional.empty();
        }
        Connection connection = Connections.open(session, mailbox.alias(), settings);
        SealedToken sealed = row.waitingToken().orElseThrow();
        String token = Seal.open(session, mailbox, sealed);
        if (!conditions.isLinked(session, row)) {
            return Optional.empty();
        }
        return Optional.of(new PreparedHandover(
                leased,
                new PreparedHandover.SignIn(mailbox, provider, realm.getName(), row.userId(), row.expectedIdentity()),
                connection,
                new PreparedHandover.Token(token, sealed.capturedAt()),
                new PreparedHandover.FailedCalls(row.attempts(), row.refusals()),
                new PreparedHandover.Mapper(provider.scopes().requiredBy(settings), settings.attribute())));
    }

    private static String failureClass(ConnectionException e) {
        return switch (e.problem()) {
            case MISSING, VAULT_ENTRY -> "connection_missing";
            case API_URL, API_KEY -> "connection_invalid";
        };
    }

    private Optional<PreparedHandover> wait(
            SettingPermit permit, RealmModel realm, GrantEntity row, String failureClass, String sentence) {
        permit.missing();
        warnings.warn(
                realm == null ? row.mailbox().realmId() : realm.getName(),
                row.mailbox().alias(),
                "Refresh tokens are queued. " + sentence);
        long now = clock.millis();
        Transitions.waiting(row, LastFailure.of(failureClass, now), now);
        return Optional.empty();
    }
}
