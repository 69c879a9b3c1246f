package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.GrantConnection;
import io.github.keycloaknylas.ledger.Notices;
import io.github.keycloaknylas.ledger.Transactions;
import java.util.Collection;

/**
 * The notices of an application that a pass answers: those that had arrived before it began. If it breaks off, they are
 * due again when their lease ends.
 */
final class PassNotices {

    private final Transactions transactions;
    private final String token;

    private PassNotices(Transactions transactions, String token) {
        this.transactions = transactions;
        this.token = token;
    }

    static PassNotices take(Transactions transactions, GrantConnection home, long now) {
        long until = now + NoticeBacklog.WAIT.toMillis();
        return new PassNotices(
                transactions, transactions.call(session -> Notices.of(session).leaseAll(home, until)));
    }

    /** @param uncompared hashes of grants that the pass says nothing about */
    void answered(Collection<String> uncompared, long now) {
        transactions.retrying(session -> {
            Notices notices = Notices.of(session);
            if (!uncompared.isEmpty()) {
                notices.release(token, uncompared, now);
            }
            notices.allDone(token, now);
        });
    }
}
