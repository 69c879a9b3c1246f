package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.EvidenceEntity;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.nylas.Answer;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An unlink or a removal that an event proves ends the mailbox; its grant is deleted after the grace. */
@OnEveryDatabase
class EvidenceProcessorTest {

    private final Workshop shop;

    EvidenceProcessorTest(Engine engine) {
        shop = new Workshop(engine);
    }

    private void process() {
        shop.parts.evidence.process();
        shop.parts.attributes.writeDue();
    }

    private boolean isQueued(String grantId) {
        return shop.deletion(grantId, deletion -> true).isPresent();
    }

    @Test
    void anUnlinkedMailboxEnds() {
        shop.connected("ada", "grant-1");
        shop.unlinked("ada");

        process();

        assertThat(shop.exists("ada")).isFalse();
        assertThat(shop.shown("ada")).isEmpty();
        assertThat(shop.deletion("grant-1", DeletionEntity::nextAttemptAt).orElseThrow())
                .contains(shop.now() + Workshop.GRACE.toMillis());
        assertThat(Rows.evidence(shop)).isZero();
    }

    @Test
    void theAttributeIsTakenBackBeforeTheRowGoes() {
        shop.connected("ada", "grant-1");
        shop.keycloak.user(Workshop.REALM, "ada").refuseWrites(true);
        shop.unlinked("ada");

        process();

        assertThat(shop.state("ada")).contains(GrantState.ABSENT);
        assertThat(shop.read("ada", GrantEntity::isAttributeDue)).isTrue();
    }

    @Test
    void aMailboxWithoutAGrantLosesItsTokenAndGoes() {
        shop.waiting("ada", "token");
        shop.unlinked("ada");

        process();

        assertThat(shop.exists("ada")).isFalse();
        assertThat(shop.handOver()).isFalse();
    }

    @Test
    void anUnlinkedGrantMayBeTakenByAnotherUser() {
        shop.connected("ada", "grant-1");
        shop.unlinked("ada");
        process();

        shop.person("twin");
        shop.connected("twin", "grant-1");

        assertThat(shop.state("twin")).contains(GrantState.CONNECTED);
        assertThat(isQueued("grant-1")).isFalse();
    }

    @Test
    void aGrantThatWasHeldBackIsNeverQueued() {
        shop.connected("ada", "grant-1");
        shop.person("twin");
        shop.connected("twin", "grant-1");
        assertThat(shop.state("twin")).contains(GrantState.HELD);
        shop.unlinked("twin");

        process();

        assertThat(shop.exists("twin")).isFalse();
        assertThat(isQueued("grant-1")).isFalse();
        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void whatAnAdministratorConfirmedEndsAlthoughTheProviderIsGone() {
        shop.connected("ada", "grant-1");
        shop.unlink("ada");
        shop.keycloak.removeProvider(Workshop.REALM, Workshop.ALIAS);
        shop.evidence(EvidenceEntity.confirmed(Workshop.mailbox("ada"), "ada", shop.now()));

        process();

        assertThat(shop.exists("ada")).isFalse();
        assertThat(isQueued("grant-1")).isTrue();
    }

    @Test
    void anAccountThatIsLinkedAgainKeepsItsGrant() {
        shop.connected("ada", "grant-1");
        shop.unlinked("ada");
        shop.link("ada", "ada");

        process();

        assertThat(shop.state("ada")).contains(GrantState.CONNECTED);
        assertThat(shop.shown("ada")).contains("grant-1");
        assertThat(isQueued("grant-1")).isFalse();
        assertThat(Rows.evidence(shop)).isZero();
    }

    @Test
    void aUserWhoIsLinkedToAnotherAccountLosesTheGrantOfTheFirst() {
        shop.connected("ada", "grant-1");
        shop.unlinked("ada");
        shop.link("ada", "ADA");

        process();

        assertThat(isQueued("grant-1")).isTrue();
    }

    @Test
    void aMailboxThatIsBeingHandedOverLosesItsTokenAtOnceAndEndsAfterTheCall() throws InterruptedException {
        shop.waiting("ada", "token");
        PreparedHandover call = shop.parts
                .leases
                .next()
                .flatMap(shop.parts.preparation::prepare)
                .orElseThrow();
        shop.unlinked("ada");

        process();
        assertThat(shop.exists("ada")).isTrue();
        assertThat(shop.read("ada", GrantEntity::waitingToken)).isEmpty();
        assertThat(Rows.evidence(shop)).isEqualTo(1);

        shop.connects(new Answer.Done<>(Workshop.grant("grant-1", "ada"), "request-1"));
        shop.parts.handovers.make(call);
        process();
        assertThat(shop.exists("ada")).isFalse();
        assertThat(isQueued("grant-1")).isTrue();
        assertThat(Rows.evidence(shop)).isZero();
    }

    @Test
    void aMailboxThatBelongsToAnotherUserMeanwhileIsLeftAlone() {
        shop.connected("ada", "grant-1");
        shop.unlinked("ada");
        shop.keycloak.user(Workshop.REALM, "ada-2");
        shop.link("ada-2", "ada");
        shop.signedIn("ada", "token-2", shop.now() + 1, "ada-2");
        shop.parts.merger.merge();
        // The link proves nothing for or against the evidence of the user before.
        shop.unlink("ada-2");

        process();

        assertThat(shop.read("ada", GrantEntity::userId)).isEqualTo("ada-2");
        assertThat(shop.read("ada", GrantEntity::waitingToken)).isPresent();
        assertThat(Rows.evidence(shop)).isZero();
    }

    @Test
    void moreEvidenceThanOneBatchIsProcessedAtOnce() {
        IntStream.range(0, 120)
                .forEach(i -> shop.evidence(
                        EvidenceEntity.linkRemoved(Workshop.mailbox("nobody-" + i), "nobody", shop.now())));

        process();

        assertThat(Rows.evidence(shop)).isZero();
    }
}
