package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.GrantConnection;
import io.github.keycloaknylas.ledger.Notices;
import io.github.keycloaknylas.ledger.Transactions;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The notices of an application that a pass answers: those that had arrived before it began. Notices of grants that no
 * mailbox held then are left to looks of their own, since the handovers that made the grants may have been in progress.
 * If the pass breaks off, all are due again when their lease ends.
 */
final class PassNotices {

    private static final int BATCH = 1_000;

    private final Transactions transactions;
    private final String token;
    private final Set<String> unknown;

    private PassNotices(Transactions transactions, String token, Set<String> unknown) {
        this.transactions = transactions;
        this.token = token;
        this.unknown = unknown;
    }

    static PassNotices take(Transactions transactions, GrantConnection home, long now) {
        long until = now + NoticeBacklog.WAIT.toMillis();
        return transactions.call(session -> {
            Notices notices = Notices.of(session);
            String token = notices.leaseAll(home, until);
            return new PassNotices(transactions, token, notices.unknown(token));
        });
    }

    /** @param uncompared hashes of grants that the pass says nothing about */
    void answered(Collection<String> uncompared, long now) {
        Set<String> unanswered = new HashSet<>(unknown);
        unanswered.addAll(uncompared);
        List<String> hashes = List.copyOf(unanswered);
        transactions.retrying(session -> {
            Notices notices = Notices.of(session);
            for (int from = 0; from < hashes.size(); from += BATCH) {
                notices.release(token, hashes.subList(from, Math.min(from + BATCH, hashes.size())), now);
            }
            notices.allDone(token, now);
        });
    }
}
