package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.capture.CaptureRows;
import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.NylasGrant;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An address, and with it the account, is given to another person while a token is handed over. */
@OnEveryDatabase
class ReassignedAddressTest {

    private static final ExpectedIdentity SUCCESSOR =
            new ExpectedIdentity("oid-successor", null, "ada@example.com", null, null);

    private final DeliveryFixture fixture;

    ReassignedAddressTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
    }

    @Test
    void theGrantOfTheFormerPersonIsNotShownToTheSuccessor() throws InterruptedException {
        fixture.waiting("ada", "token-1");
        PreparedHandover former = fixture.parts
                .preparation
                .prepare(fixture.parts.leases.next().orElseThrow())
                .orElseThrow();
        fixture.clock.forward(DeliveryFixture.LEASE.dividedBy(10));
        signsIn(SUCCESSOR);

        fixture.connects(new CallResult.Done<>(named("grant-1", "oid-ada"), "request-1"));
        fixture.parts.handovers.make(former);

        assertThat(fixture.<Boolean>read("ada", row -> row.grant().isEmpty())).isTrue();
        assertThat(fixture.deletion("grant-1", DeletionEntity::isDone)).contains(false);
        assertThat(fixture.deletion("grant-1", DeletionEntity::nextAttemptAt).orElseThrow())
                .contains(fixture.now() + DeliveryFixture.GRACE.toMillis());

        fixture.connects(new CallResult.Done<>(named("grant-2", "oid-successor"), "request-2"));
        fixture.handOver();
        fixture.parts.attributes.writeDue();
        assertThat(fixture.shown("ada")).contains("grant-2");
    }

    private void signsIn(ExpectedIdentity person) {
        fixture.transactions.run(session -> {
            Transactions.bind(session, DeliveryFixture.REALM);
            CaptureRows.marked(
                    session,
                    DeliveryFixture.mailbox("ada"),
                    CaptureRows.seal(session, DeliveryFixture.mailbox("ada"), "token-2", fixture.now()),
                    person,
                    "ada",
                    fixture.now());
        });
        fixture.parts.merger.merge();
    }

    private static NylasGrant named(String grantId, String providerUserId) {
        NylasGrant grant = DeliveryFixture.grant(grantId, "ada");
        return new NylasGrant(grantId, grant.email(), providerUserId, Set.of("Mail.Read", "Calendars.Read"));
    }
}
