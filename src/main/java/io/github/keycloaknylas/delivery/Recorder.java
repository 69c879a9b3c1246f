package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.ConnectionSettings;
import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.DeletionReason;
import io.github.keycloaknylas.ledger.Deletions;
import io.github.keycloaknylas.ledger.GrantConnection;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.LastFailure;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Outcomes;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.mail.MailProvider;
import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.NylasGrant;
import io.github.keycloaknylas.sweep.IdentityProviders;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import org.keycloak.models.KeycloakSession;

/** Records the result of a call, provided the lease is still held. */
final class Recorder {

    private static final Duration WHILE_BEING_DELETED = Duration.ofSeconds(5);

    private final Transactions transactions;
    private final InstantSource clock;
    private final Duration grace;

    /** @param grace how long a grant that is replaced is kept at Nylas */
    Recorder(Transactions transactions, InstantSource clock, Duration grace) {
        this.transactions = transactions;
        this.clock = clock;
        this.grace = grace;
    }

    /** The result of a call that returned a grant, as the metrics name it. */
    enum Outcome {
        CONNECTED,
        HELD,
        DROPPED,
        BEING_DELETED
    }

    Outcome granted(PreparedHandover handover, String application, NylasGrant answer) {
        // Repeated, since two rows may record the same grant at the same moment: the hold lets only one of
        // them succeed.
        return transactions.callRetrying(session -> granted(session, handover, application, answer));
    }

    void refused(PreparedHandover handover, Failure failure) {
        long now = clock.millis();
        transactions.retrying(session -> handover.row()
                .in(session)
                .ifPresent(row -> Outcomes.of(session)
                        .refused(
                                row,
                                Failures.recorded(failure, now),
                                handover.token().capturedAt(),
                                now)));
    }

    /** @param wait until the next attempt */
    void postponed(PreparedHandover handover, Failure failure, Duration wait) {
        long now = clock.millis();
        ours(
                handover,
                row -> Transitions.postponed(
                        row,
                        Failures.recorded(failure, now),
                        handover.token().capturedAt(),
                        now + wait.toMillis(),
                        now));
    }

    /** @param wait until the next attempt */
    void refusedForRow(PreparedHandover handover, Failure failure, Duration wait) {
        long now = clock.millis();
        ours(
                handover,
                row -> Transitions.refusedForRow(
                        row,
                        Failures.recorded(failure, now),
                        handover.token().capturedAt(),
                        now + wait.toMillis(),
                        now));
    }

    /**
     * Records a failure that affects many rows and has to be fixed first; a circuit breaker decides when the next call
     * is made.
     */
    void waiting(PreparedHandover handover, Failure failure) {
        long now = clock.millis();
        ours(handover, row -> Transitions.waiting(row, Failures.recorded(failure, now), now));
    }

    private Outcome granted(KeycloakSession session, PreparedHandover handover, String application, NylasGrant answer) {
        Ledger ledger = Ledger.of(session);
        long now = clock.millis();
        ConnectedGrant grant = connectedGrant(handover.connection().settings(), application, answer, now);
        Optional<GrantEntity> ours = handover.row().in(ledger, grant);
        if (ours.isEmpty()) {
            return Outcome.DROPPED;
        }
        GrantEntity row = ours.get();
        if (isOfFormerPerson(row, grant, handover)) {
            return outdated(session, row, grant, now);
        }
        if (!IdentityCheck.isOwn(ledger, row, grant, handover.signIn().provider())) {
            return held(session, row, grant, Transitions.OTHER_MAILBOX, handover, now);
        }
        if (!ledger.cancelDeletion(grant, now)) {
            long until = now + WHILE_BEING_DELETED.toMillis();
            Transitions.postponed(
                    row, LastFailure.of("being_deleted", now), handover.token().capturedAt(), until, now);
            return Outcome.BEING_DELETED;
        }
        if (!ledger.hold(row, grant, IdentityProviders.existing(session), now)) {
            return held(session, row, grant, Transitions.HELD_BY_ANOTHER, handover, now);
        }
        replaced(row, grant).ifPresent(old -> {
            ledger.releaseGrant(row, DeletionReason.REPLACED, now + grace.toMillis(), now);
            ledger.hold(row, grant, IdentityProviders.existing(session), now);
        });
        Outcomes.of(session).connected(row, grant, handover.token().capturedAt(), now);
        ledger.flush();
        return Outcome.CONNECTED;
    }

    // Another person has signed in to the account meanwhile, and that person's token waits.
    private static boolean isOfFormerPerson(GrantEntity row, ConnectedGrant grant, PreparedHandover handover) {
        MailProvider provider = handover.signIn().provider();
        return Transitions.isOtherPerson(row, handover.signIn().identity(), provider)
                && handover.signIn()
                        .identity()
                        .compare(grant.providerUserId(), grant.email(), provider)
                        .fits(true);
    }

    private Outcome outdated(KeycloakSession session, GrantEntity row, ConnectedGrant grant, long now) {
        boolean deleted = Deletions.of(session)
                .find(grant.hash())
                .filter(DeletionEntity::isDone)
                .isPresent();
        if (!deleted) {
            Ledger.of(session).queueDeletion(row, grant, DeletionReason.REPLACED, now + grace.toMillis(), now);
        }
        Transitions.givenBack(row, now);
        return Outcome.DROPPED;
    }

    private static Optional<ConnectedGrant> replaced(GrantEntity row, ConnectedGrant grant) {
        return row.ownGrant().filter(old -> !old.hash().equals(grant.hash()));
    }

    private Outcome held(
            KeycloakSession session,
            GrantEntity row,
            ConnectedGrant grant,
            String reason,
            PreparedHandover handover,
            long now) {
        Outcomes.of(session).held(row, grant, reason, handover.token().capturedAt(), now);
        Ledger.of(session).flush();
        return Outcome.HELD;
    }

    private static ConnectedGrant connectedGrant(
            ConnectionSettings settings, String application, NylasGrant answer, long now) {
        return new ConnectedGrant(
                answer.id(),
                ConnectedGrant.bounded(answer.email(), 2000),
                ConnectedGrant.bounded(answer.providerUserId(), 255),
                ConnectedGrant.scopes(answer.scopes()),
                GrantConnection.of(settings, application),
                now);
    }

    private void ours(PreparedHandover handover, Consumer<GrantEntity> change) {
        transactions.retrying(session -> handover.row().in(session).ifPresent(change));
    }
}
