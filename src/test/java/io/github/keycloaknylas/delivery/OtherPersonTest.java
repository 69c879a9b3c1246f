package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.capture.CaptureRows;
import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.nylas.Answer;
import io.github.keycloaknylas.nylas.NylasGrant;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An address, and with it the account, is given to another person while a token is handed over. */
@OnEveryDatabase
class OtherPersonTest {

    private static final ExpectedIdentity SUCCESSOR =
            new ExpectedIdentity("oid-successor", null, "ada@example.com", null, null);

    private final Workshop shop;

    OtherPersonTest(Engine engine) {
        shop = new Workshop(engine);
    }

    @Test
    void theGrantOfTheFormerPersonIsNotShownToTheSuccessor() throws InterruptedException {
        shop.waiting("ada", "token-1");
        PreparedHandover former = shop.parts
                .preparation
                .prepare(shop.parts.leases.next().orElseThrow())
                .orElseThrow();
        shop.clock.forward(Workshop.LEASE.dividedBy(10));
        signsIn(SUCCESSOR);

        shop.connects(new Answer.Done<>(named("grant-1", "oid-ada"), "request-1"));
        shop.parts.handovers.make(former);

        assertThat(shop.<Boolean>read("ada", row -> row.grant().isEmpty())).isTrue();
        assertThat(shop.deletion("grant-1", DeletionEntity::isDone)).contains(false);

        shop.connects(new Answer.Done<>(named("grant-2", "oid-successor"), "request-2"));
        shop.handOver();
        shop.parts.attributes.writeDue();
        assertThat(shop.shown("ada")).contains("grant-2");
    }

    private void signsIn(ExpectedIdentity person) {
        shop.jobs.run(session -> {
            Jobs.bind(session, Workshop.REALM);
            CaptureRows.marked(
                    session,
                    Workshop.mailbox("ada"),
                    CaptureRows.seal(session, Workshop.mailbox("ada"), "token-2", shop.now()),
                    person,
                    "ada",
                    shop.now());
        });
        shop.parts.merger.merge();
    }

    private static NylasGrant named(String grantId, String providerUserId) {
        NylasGrant grant = Workshop.grant(grantId, "ada");
        return new NylasGrant(grantId, grant.email(), providerUserId, Set.of("Mail.Read", "Calendars.Read"));
    }
}
