package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.EvidenceEntity;
import io.github.keycloaknylas.nylas.Answer;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import org.junit.jupiter.api.Test;

/** Two mailboxes of one user share an attribute. */
@OnEveryDatabase
class SharedAttributeTest {

    private final Workshop shop;

    SharedAttributeTest(Engine engine) {
        shop = new Workshop(engine);
    }

    @Test
    void whatOneShowedIsTakenBackAlsoIfTheOtherOneWroteIt() {
        shop.connected("ada", "grant-1");
        String first = shop.read("ada", row -> row.id());
        shop.evidence(EvidenceEntity.linkRemoved(Workshop.mailbox("ada"), "ada", shop.now()));
        shop.link("ada", "bob");
        shop.parts.evidence.process();
        shop.signedIn("bob", "token-2", shop.now(), "ada");
        shop.parts.merger.merge();
        shop.connects(new Answer.Done<>(Workshop.grant("grant-2", "bob"), "request-2"));
        shop.handOver();

        shop.parts.attributes.write(first);
        shop.unlink("ada");
        shop.evidence(EvidenceEntity.linkRemoved(Workshop.mailbox("bob"), "ada", shop.now()));
        shop.parts.evidence.process();
        shop.parts.attributes.writeDue();

        assertThat(shop.shown("ada")).isEmpty();
    }
}
