package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.EvidenceEntity;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import org.junit.jupiter.api.Test;

/** Two mailboxes of one user share an attribute. */
@OnEveryDatabase
class SharedAttributeTest {

    private final DeliveryFixture fixture;

    SharedAttributeTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
    }

    @Test
    void whatOneShowedIsTakenBackAlsoIfTheOtherOneWroteIt() {
        fixture.connected("ada", "grant-1");
        String first = fixture.read("ada", row -> row.id());
        fixture.evidence(EvidenceEntity.linkRemoved(DeliveryFixture.mailbox("ada"), "ada", fixture.now()));
        fixture.link("ada", "bob");
        fixture.parts.evidence.process();
        fixture.signedIn("bob", "token-2", fixture.now(), "ada");
        fixture.parts.merger.merge();
        fixture.connects(new CallResult.Done<>(DeliveryFixture.grant("grant-2", "bob"), "request-2"));
        fixture.handOver();

        fixture.parts.attributes.write(first);
        fixture.unlink("ada");
        fixture.evidence(EvidenceEntity.linkRemoved(DeliveryFixture.mailbox("bob"), "ada", fixture.now()));
        fixture.parts.evidence.process();
        fixture.parts.attributes.writeDue();

        assertThat(fixture.shown("ada")).isEmpty();
    }
}
