package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.ConnectionGrants;
import io.github.keycloaknylas.ledger.ConnectionGrants.Holding;
import io.github.keycloaknylas.ledger.GrantConnection;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Transactions;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Compares the ledger with a listing of an application's grants. The ledger is read in pages, so that only the listing
 * is in memory.
 */
final class GrantComparison {

    private static final int PAGE = 1_000;

    private final Transactions transactions;
    private final GrantConnection home;
    private final GrantListing listing;
    private final long listedAt;
    private final Set<String> unknown;
    private final Set<String> lost = new LinkedHashSet<>();
    private final Set<String> restored = new LinkedHashSet<>();
    private final Set<String> uncompared = new HashSet<>();
    private int compared;

    /** @param listedAt when the listing was begun: it may be older than the handovers since then */
    GrantComparison(Transactions transactions, GrantConnection home, GrantListing listing, long listedAt) {
        this.transactions = transactions;
        this.home = home;
        this.listing = listing;
        this.listedAt = listedAt;
        this.unknown = new HashSet<>(listing.ids());
    }

    /** @param lease extended while the ledger is read */
    Differences differences(ReconciliationLease lease) throws PassBrokenOffException {
        Holding last = Holding.FIRST;
        List<Holding> page;
        do {
            lease.extend();
            Holding from = last;
            page = transactions.call(session -> ConnectionGrants.of(session).after(home.hash(), from, PAGE));
            page.forEach(this::compare);
            last = page.isEmpty() ? last : page.get(page.size() - 1);
        } while (page.size() == PAGE);
        return new Differences(compared, listing.size(), lost, restored, unknown.size() - beingDeleted(lease));
    }

    /** Returns the hashes of the grants that were handed over too late to be compared, or are being handed over. */
    Set<String> uncompared() {
        return uncompared;
    }

    private void compare(Holding mailbox) {
        String id = mailbox.grantId();
        unknown.remove(id);
        boolean connected = mailbox.is(GrantState.CONNECTED);
        if (!connected && !mailbox.is(GrantState.RECONNECT)) {
            return;
        }
        if (mailbox.isHandedOverSince(listedAt)) {
            uncompared.add(mailbox.grantHash());
            return;
        }
        compared++;
        if (listing.isMissing(id) || connected && (!listing.isValid(id) || listing.isOfOtherMailbox(mailbox))) {
            lost.add(id);
        } else if (!connected && listing.isValid(id)) {
            restored.add(id);
        }
    }

    private int beingDeleted(ReconciliationLease lease) throws PassBrokenOffException {
        int count = 0;
        List<String> hashes = unknown.stream()
                .map(id -> GrantConnection.grantHash(home.apiUrl(), home.application(), id))
                .toList();
        for (int from = 0; from < hashes.size(); from += PAGE) {
            lease.extend();
            List<String> some = hashes.subList(from, Math.min(from + PAGE, hashes.size()));
            count += transactions
                    .call(session -> ConnectionGrants.of(session).beingDeleted(some))
                    .size();
        }
        return count;
    }
}
