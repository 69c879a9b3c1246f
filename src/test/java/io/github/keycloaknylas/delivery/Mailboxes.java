package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.DeletionReason;
import io.github.keycloaknylas.ledger.GrantConnection;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.SealedToken;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.mail.Microsoft;
import java.util.List;
import java.util.stream.IntStream;

/** Many mailboxes in one transaction, as handovers and events leave them. */
final class Mailboxes {

    static final GrantConnection DEFAULT = new GrantConnection(
            "https://api.us.nylas.com",
            Workshop.APPLICATION,
            null,
            "default",
            "option:spi-nylas-connection--default--api-key");

    private Mailboxes() {}

    static String[] named(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toArray(String[]::new);
    }

    /** Mailboxes of linked users with a grant each, whose attributes are due. */
    static void connected(Workshop shop, String... names) {
        List.of(names).forEach(shop::person);
        shop.jobs.run(session -> {
            Ledger ledger = Ledger.of(session);
            for (String name : names) {
                GrantEntity row = ledger.create(Workshop.mailbox(name), name, shop.now());
                SealedToken token = new SealedToken("sealed", "server:default", shop.now());
                Transitions.merge(row, token, Workshop.identity(name), name, shop.now());
                ledger.save(row, new Microsoft());
                ConnectedGrant grant = new ConnectedGrant(
                        "grant-of-" + name, name + "@example.com", "oid-" + name, "", DEFAULT, shop.now());
                ledger.hold(row, grant, stands -> true, shop.now());
                Transitions.connected(row, grant, shop.now(), shop.now());
            }
        });
    }

    /** Ends mailboxes that are connected. */
    static void end(Workshop shop, DeletionReason reason, String... names) {
        List.of(names).forEach(shop::unlink);
        long due = shop.now() + Workshop.GRACE.toMillis();
        shop.jobs.run(session -> {
            Ledger ledger = Ledger.of(session);
            for (String name : names) {
                ledger.find(Workshop.mailbox(name)).ifPresent(row -> ledger.end(row, reason, due, shop.now()));
            }
        });
    }
}
