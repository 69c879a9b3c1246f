package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.Mailbox;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Detects that most tokens of a provider are refused. A single refused token concerns its user; if most are refused, an
 * administrator has to act. Counts on this node, since its start.
 */
final class RefusalCounter {

    private static final int ENOUGH = 5;

    private record Count(int refused, int all) {

        Count plus(int refusedMore) {
            return new Count(refused + refusedMore, all + 1);
        }
    }

    private final Map<String, Count> counts = new ConcurrentHashMap<>();

    void accepted(Mailbox mailbox) {
        add(mailbox, 0);
    }

    void refused(Mailbox mailbox) {
        add(mailbox, 1);
    }

    boolean areMost(Mailbox mailbox) {
        Count count = counts.getOrDefault(key(mailbox), new Count(0, 0));
        return count.all() >= ENOUGH && count.refused() * 2 > count.all();
    }

    private void add(Mailbox mailbox, int refused) {
        counts.merge(key(mailbox), new Count(refused, 1), (count, ignored) -> count.plus(refused));
    }

    private static String key(Mailbox mailbox) {
        return mailbox.realmId() + "/" + mailbox.alias();
    }
}
