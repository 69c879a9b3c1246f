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
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/** Many mailboxes, as handovers and events leave them. */
final class Mailboxes {

    /** Each query of a transaction compares all rows that it has read so far. */
    private static final int PER_TRANSACTION = 50;

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
        each(fixture, names, (ledger, name) -> {
            GrantEntity row = ledger.create(DeliveryFixture.mailbox(name), name, fixture.now());
            SealedToken token = new SealedToken("sealed", "server:default", fixture.now());
            Transitions.merge(row, token, DeliveryFixture.identity(name), name, fixture.now());
            ledger.save(row, new Microsoft());
            ConnectedGrant grant = new ConnectedGrant(
                    "grant-of-" + name, name + "@example.com", "oid-" + name, "", DEFAULT, fixture.now());
            ledger.hold(row, grant, exists -> true, fixture.now());
            Transitions.connected(row, grant, fixture.now(), fixture.now());
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
        each(
                fixture,
                names,
                (ledger, name) -> ledger.find(DeliveryFixture.mailbox(name))
                        .ifPresent(row -> ledger.end(row, reason, due, fixture.now())));
    }

    private static void each(DeliveryFixture fixture, String[] names, BiConsumer<Ledger, String> change) {
        for (int from = 0; from < names.length; from += PER_TRANSACTION) {
            List<String> some = List.of(names).subList(from, Math.min(names.length, from + PER_TRANSACTION));
            fixture.transactions.run(session -> some.forEach(name -> change.accept(Ledger.of(session), name)));
        }
    }
}
