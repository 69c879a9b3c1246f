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
            DeliveryFixture.APPLICATION,
            null,
            "default",
            "option:spi-nylas-connection--default--api-key");

    private Mailboxes() {}

    static String[] named(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toArray(String[]::new);
    }

    /** Mailboxes of linked users with a grant each, whose attributes are due. */
    static void connected(DeliveryFixture fixture, String... names) {
        List.of(names).forEach(fixture::person);
        fixture.transactions.run(session -> {
            Ledger ledger = Ledger.of(session);
            for (String name : names) {
                GrantEntity row = ledger.create(DeliveryFixture.mailbox(name), name, fixture.now());
                SealedToken token = new SealedToken("sealed", "server:default", fixture.now());
                Transitions.merge(row, token, DeliveryFixture.identity(name), name, fixture.now());
                ledger.save(row, new Microsoft());
                ConnectedGrant grant = new ConnectedGrant(
                        "grant-of-" + name, name + "@example.com", "oid-" + name, "", DEFAULT, fixture.now());
                ledger.hold(row, grant, exists -> true, fixture.now());
                Transitions.connected(row, grant, fixture.now(), fixture.now());
            }
        });
    }

    /** Takes the grants of mailboxes away, as an answer for another mailbox does. */
    static void hold(DeliveryFixture fixture, String... names) {
        ConnectedGrant foreign =
                new ConnectedGrant("grant-of-eve", "eve@example.com", "oid-eve", "", DEFAULT, fixture.now());
        for (String name : names) {
            fixture.change(
                    name,
                    row -> Transitions.held(row, foreign, Transitions.OTHER_MAILBOX, fixture.now(), fixture.now()));
        }
    }

    /** Ends mailboxes that are connected. */
    static void end(DeliveryFixture fixture, DeletionReason reason, String... names) {
        List.of(names).forEach(fixture::unlink);
        long due = fixture.now() + DeliveryFixture.GRACE.toMillis();
        fixture.transactions.run(session -> {
            Ledger ledger = Ledger.of(session);
            for (String name : names) {
                ledger.find(DeliveryFixture.mailbox(name))
                        .ifPresent(row -> ledger.end(row, reason, due, fixture.now()));
            }
        });
    }
}
