package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.NoticedGrant;
import io.github.keycloaknylas.ledger.Notices;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.limits.Backoff;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Looks at the grants that Nylas sent notices about. What a notice claims is not relied on: one look that begins after
 * several have arrived answers all of them. If very many wait, a pass of the reconciliation answers them instead.
 */
final class NoticeProcessor {

    private static final Logger LOG = Logger.getLogger(NoticeProcessor.class);

    private record Due(NoticedGrant grant, boolean delayed) {}

    private record Leased(NoticedGrant grant, String token, int attempts) {}

    private final Transactions transactions;
    private final GrantLook look;
    private final NoticeBacklog backlog;
    private final Backoff backoff;
    private final InstantSource clock;
    private final Duration lease;

    NoticeProcessor(
            Transactions transactions,
            GrantLook look,
            NoticeBacklog backlog,
            Backoff backoff,
            InstantSource clock,
            Duration lease) {
        this.transactions = transactions;
        this.look = look;
        this.backlog = backlog;
        this.backoff = backoff;
        this.clock = clock;
        this.lease = lease;
    }

    /**
     * Looks at the grant whose notice has been due longest.
     *
     * @return whether a notice was due, also if another node looks at its grant
     */
    boolean process() throws InterruptedException {
        long now = clock.millis();
        Optional<Due> due = transactions.call(session ->
                Notices.of(session).nextDue(now).map(grant -> new Due(grant, backlog.delays(session, grant, now))));
        Optional<Leased> leased = due.filter(next -> !next.delayed()).flatMap(next -> lease(next.grant(), now));
        if (leased.isPresent()) {
            boolean answered = isAnswered(leased.get());
            transactions.retrying(session -> settle(Notices.of(session), leased.get(), answered));
        }
        return due.isPresent();
    }

    private Optional<Leased> lease(NoticedGrant grant, long now) {
        return transactions.call(session -> {
            Notices notices = Notices.of(session);
            return notices.lease(grant, now, now + lease.toMillis())
                    .map(token -> new Leased(grant, token, notices.attempts(grant, token)));
        });
    }

    private boolean isAnswered(Leased leased) throws InterruptedException {
        NoticedGrant grant = leased.grant();
        try {
            return look.look(grant.apiUrl(), grant.application(), grant.grantId());
        } catch (RuntimeException | LinkageError e) {
            LOG.debugf(e, "The look at grant %s is repeated later", grant.grantId());
            return false;
        }
    }

    private void settle(Notices notices, Leased leased, boolean answered) {
        long now = clock.millis();
        if (answered) {
            notices.done(leased.grant(), leased.token(), now);
        } else {
            notices.postpone(
                    leased.grant(),
                    leased.token(),
                    now + backoff.temporary(leased.attempts()).toMillis());
        }
    }
}
