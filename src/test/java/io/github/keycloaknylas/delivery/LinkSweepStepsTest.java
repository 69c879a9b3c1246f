package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.spy;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.attributes.AttributeWriter;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.MailboxCounts;
import io.github.keycloaknylas.links.AccountLinks;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import io.github.keycloaknylas.sweep.EligibilityCheck;
import io.github.keycloaknylas.sweep.IneligibleMailboxes;
import io.github.keycloaknylas.sweep.LinkCheck;
import io.github.keycloaknylas.sweep.LinkSweep;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The sweep reaches every mailbox, a few at a time. */
@OnEveryDatabase
class LinkSweepStepsTest {

    private final DeliveryFixture fixture;

    LinkSweepStepsTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
    }

    private LinkSweep sweep(AccountLinks links, String from) {
        LinkCheck check = new LinkCheck(
                links,
                new IneligibleMailboxes(
                        links,
                        new EligibilityCheck(fixture.keycloak.eligibility(), mock(ThrottledWarnings.class)),
                        fixture.clock),
                new AttributeWriter(fixture.keycloak.attributes()),
                fixture.clock,
                DeliveryFixture.GRACE,
                mock(ThrottledWarnings.class));
        return new LinkSweep(fixture.transactions, check, fixture.clock, DeliveryFixture.SETTINGS.lookInterval(), from);
    }

    private LinkSweep from(String id) {
        return sweep(fixture.keycloak.links(), id);
    }

    private void step(LinkSweep sweep) {
        sweep.step();
        fixture.clock.forward(DeliveryFixture.SETTINGS.lookInterval());
    }

    /** Mailboxes of users who are not linked to them. */
    private void unlinked(int rows) {
        fixture.transactions.run(session -> {
            for (int i = 0; i < rows; i++) {
                Ledger.of(session).create(DeliveryFixture.mailbox("gone-" + i), "gone-" + i, fixture.now());
            }
        });
    }

    private long gone() {
        return fixture.transactions.call(session -> MailboxCounts.of(session).countLinksGone());
    }

    @Test
    void aStepIsShortAndTheNextOneComesAMinuteLater() {
        unlinked(LinkSweep.BATCH + 10);
        LinkSweep sweep = from("!");

        sweep.step();
        assertThat(gone()).isEqualTo(LinkSweep.BATCH);
        fixture.clock.forward(DeliveryFixture.SETTINGS.lookInterval().minusMillis(1));
        sweep.step();
        assertThat(gone()).isEqualTo(LinkSweep.BATCH);

        fixture.clock.forward(DeliveryFixture.SETTINGS.lookInterval());
        sweep.step();
        assertThat(gone()).isEqualTo(LinkSweep.BATCH + 10);
    }

    @Test
    void theSweepBeginsAgainAtTheEnd() {
        String[] names = Mailboxes.named("person-", LinkSweep.BATCH + 5);
        Mailboxes.connected(fixture, names);
        LinkSweep sweep = from("!");
        step(sweep);
        step(sweep);
        assertThat(gone()).isZero();

        for (String name : names) {
            fixture.unlink(name);
        }
        step(sweep);
        step(sweep);

        assertThat(gone()).isEqualTo(names.length);
    }

    @Test
    void whereverTheSweepBeginsItReachesEveryMailbox() {
        unlinked(1);
        LinkSweep behindAllRows = from("g");

        step(behindAllRows);
        assertThat(gone()).isZero();
        step(behindAllRows);

        assertThat(gone()).isEqualTo(1);
    }

    @Test
    void aRealmWhoseLinksCannotBeLookedUpStopsNoOther() {
        unlinked(3);
        fixture.keycloak.realm("another");
        fixture.keycloak.provider("another", DeliveryFixture.ALIAS, Map.of());
        fixture.transactions.run(session ->
                Ledger.of(session).create(new Mailbox("another", DeliveryFixture.ALIAS, "bob"), "bob", fixture.now()));
        FailingLinks links = new FailingLinks(fixture.keycloak.links(), name -> name.startsWith("gone-"));

        step(sweep(links, "!"));

        assertThat(gone()).isEqualTo(1);
    }

    @Test
    void aLinkThatComesBackDuringTheStepEndsNothing() {
        fixture.connected("ada", "grant-1");
        fixture.unlink("ada");
        AccountLinks links = spy(fixture.keycloak.links());
        doAnswer(call -> {
                    fixture.link("ada", "ada");
                    return call.callRealMethod();
                })
                .when(links)
                .owner(any(), any(), any(), any());

        step(sweep(links, "!"));

        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        assertThat(fixture.deletion("grant-1", deletion -> true)).isEmpty();
    }

    @Test
    void aMailboxWhoseUserCannotBeReadStaysWhoeverTheAccountIsLinkedTo() {
        fixture.connected("ada", "grant-1");
        AccountLinks links = mock(AccountLinks.class);
        AccountLinks.Link link = new AccountLinks.Link("ada", DeliveryFixture.ALIAS);
        when(links.read(any(), any(), any()))
                .thenReturn(Map.of(link, new AccountLinks.Answer(AccountLinks.Status.UNKNOWN, null)));
        when(links.owner(any(), any(), any(), any()))
                .thenReturn(new AccountLinks.Owner(AccountLinks.Status.LINKED, "another"));

        step(sweep(links, "!"));

        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void mailboxesInAnUnknownStateAreLeftAlone() {
        unlinked(1);
        Rows.grantsOfANewerVersion(fixture);

        step(from("!"));

        assertThat(gone()).isZero();
    }
}
