package io.github.keycloaknylas.sweep;

import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Transactions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/**
 * Users whom an administrator changed on this node, whose mailboxes are looked at without waiting for the sweep. Kept in
 * memory: the sweep finds whatever is lost here.
 */
public final class ChangedUsers {

    private static final Logger LOG = Logger.getLogger(ChangedUsers.class);
    /** A script may change any number of users at once. */
    public static final int MOST = 10_000;

    private final Transactions transactions;
    private final IneligibleMailboxes mailboxes;
    private final Set<User> waiting = ConcurrentHashMap.newKeySet();

    private record User(String realmId, String id) {}

    /** @param mailboxes ends those of users who may no longer have a grant */
    public ChangedUsers(Transactions transactions, IneligibleMailboxes mailboxes) {
        this.transactions = transactions;
        this.mailboxes = mailboxes;
    }

    /** Notes a user who was changed. */
    public void add(String realmId, String userId) {
        if (waiting.size() < MOST) {
            waiting.add(new User(realmId, userId));
        }
    }

    /** Looks at the mailboxes of those who were changed until now. */
    public void look() {
        for (User user : List.copyOf(waiting)) {
            // A change that comes during the look is looked at again.
            waiting.remove(user);
            look(user);
        }
    }

    private void look(User user) {
        try {
            transactions.run(session -> look(session, user));
        } catch (RuntimeException e) {
            LOG.debug("A changed user is looked at by the sweep", e);
        }
    }

    private void look(KeycloakSession session, User user) {
        List<GrantEntity> rows = Ledger.of(session).ofUser(user.realmId(), user.id()).stream()
                .filter(row -> row.mailbox().alias() != null)
                .toList();
        if (!rows.isEmpty()) {
            mailboxes.end(session, rows);
        }
    }
}
