package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.LeasedNotices;
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
 * several have arrived answers all of them, unless a handover may have overtaken it. If very many wait, a pass of the
 * reconciliation answers them instead.
 */
final class NoticeProcessor {

    private static final Logger LOG = Logger.getLogger(NoticeProcessor.class);

    private record Due(NoticedGrant grant, boolean delayed) {}

    private record Leased(NoticedGrant grant, LeasedNotices notices) {}

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
            LookResult result = look(leased.get().grant());
            transactions.retrying(session -> settle(Notices.of(session), leased.get(), result));
        }
        return due.isPresent();
    }

    private Optional<Leased> lease(NoticedGrant grant, long now) {
        return transactions.call(session -> Notices.of(session)
                .lease(grant, now, now + lease.toMillis())
                .map(notices -> new Leased(grant, notices)));
    }

    private LookResult look(NoticedGrant grant) throws InterruptedException {
        try {
            return look.look(grant.apiUrl(), grant.application(), grant.grantId());
        } catch (RuntimeException | LinkageError e) {
            LOG.debugf(e, "The look at grant %s is repeated later", grant.grantId());
            return LookResult.FAILED;
        }
    }

    private void settle(Notices notices, Leased leased, LookResult result) {
        LeasedNotices of = leased.notices();
        long now = clock.millis();
        // Until then, the handover that made the grant may still be in progress.
        long handedOverBy = of.receivedAt() + lease.toMillis();
        if (result == LookResult.RECORDED || result == LookResult.NOT_SHOWN && handedOverBy <= now) {
            notices.done(leased.grant(), of.token(), now);
        } else {
            long repeatAt = now + backoff.temporary(of.attempts()).toMillis();
            notices.postpone(leased.grant(), of.token(), result == LookResult.NOT_SHOWN ? handedOverBy : repeatAt);
        }
    }
}
