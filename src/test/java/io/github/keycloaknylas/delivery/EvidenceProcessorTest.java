package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.EvidenceEntity;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An unlink or a removal that an event proves ends the mailbox; its grant is deleted after the grace. */
@OnEveryDatabase
class EvidenceProcessorTest {

    private final DeliveryFixture fixture;

    EvidenceProcessorTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
    }

    private void process() {
        fixture.parts.evidence.process();
        fixture.parts.attributes.writeDue();
    }

    private boolean isQueued(String grantId) {
        return fixture.deletion(grantId, deletion -> true).isPresent();
    }

    @Test
    void anUnlinkedMailboxEnds() {
        fixture.connected("ada", "grant-1");
        fixture.unlinked("ada");

        process();

        assertThat(fixture.exists("ada")).isFalse();
        assertThat(fixture.shown("ada")).isEmpty();
        assertThat(fixture.deletion("grant-1", DeletionEntity::nextAttemptAt).orElseThrow())
                .contains(fixture.now() + DeliveryFixture.GRACE.toMillis());
        assertThat(Rows.evidence(fixture)).isZero();
    }

    @Test
    void theAttributeIsTakenBackBeforeTheRowGoes() {
        fixture.connected("ada", "grant-1");
        fixture.keycloak.user(DeliveryFixture.REALM, "ada").refuseWrites(true);
        fixture.unlinked("ada");

        process();

        assertThat(fixture.state("ada")).contains(GrantState.ABSENT);
        assertThat(fixture.read("ada", GrantEntity::isAttributeDue)).isTrue();
    }

    @Test
    void aMailboxWithoutAGrantLosesItsTokenAndGoes() {
        fixture.waiting("ada", "token");
        fixture.unlinked("ada");

        process();

        assertThat(fixture.exists("ada")).isFalse();
        assertThat(fixture.handOver()).isFalse();
    }

    @Test
    void anUnlinkedGrantMayBeTakenByAnotherUser() {
        fixture.connected("ada", "grant-1");
        fixture.unlinked("ada");
        process();

        fixture.person("twin");
        fixture.connected("twin", "grant-1");

        assertThat(fixture.state("twin")).contains(GrantState.CONNECTED);
        assertThat(isQueued("grant-1")).isFalse();
    }

    @Test
    void aGrantThatWasHeldBackIsNeverQueued() {
        fixture.connected("ada", "grant-1");
        fixture.person("twin");
        fixture.connected("twin", "grant-1");
        assertThat(fixture.state("twin")).contains(GrantState.HELD);
        fixture.unlinked("twin");

        process();

        assertThat(fixture.exists("twin")).isFalse();
        assertThat(isQueued("grant-1")).isFalse();
        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
    }

    @Test
    void whatAnAdministratorConfirmedEndsAlthoughTheProviderIsGone() {
        fixture.connected("ada", "grant-1");
        fixture.unlink("ada");
        fixture.keycloak.removeProvider(DeliveryFixture.REALM, DeliveryFixture.ALIAS);
        fixture.evidence(EvidenceEntity.confirmed(DeliveryFixture.mailbox("ada"), "ada", fixture.now()));

        process();

        assertThat(fixture.exists("ada")).isFalse();
        assertThat(isQueued("grant-1")).isTrue();
    }

    @Test
    void anAccountThatIsLinkedAgainKeepsItsGrant() {
        fixture.connected("ada", "grant-1");
        fixture.unlinked("ada");
        fixture.link("ada", "ada");

        process();

        assertThat(fixture.state("ada")).contains(GrantState.CONNECTED);
        assertThat(fixture.shown("ada")).contains("grant-1");
        assertThat(isQueued("grant-1")).isFalse();
        assertThat(Rows.evidence(fixture)).isZero();
    }

    @Test
    void aUserWhoIsLinkedToAnotherAccountLosesTheGrantOfTheFirst() {
        fixture.connected("ada", "grant-1");
        fixture.unlinked("ada");
        fixture.link("ada", "ADA");

        process();

        assertThat(isQueued("grant-1")).isTrue();
    }

    @Test
    void aMailboxThatIsBeingHandedOverLosesItsTokenAtOnceAndEndsAfterTheCall() throws InterruptedException {
        fixture.waiting("ada", "token");
        PreparedHandover call = fixture.parts
                .leases
                .next()
                .flatMap(fixture.parts.preparation::prepare)
                .orElseThrow();
        fixture.unlinked("ada");

        process();
        assertThat(fixture.exists("ada")).isTrue();
        assertThat(fixture.read("ada", GrantEntity::waitingToken)).isEmpty();
        assertThat(Rows.evidence(fixture)).isEqualTo(1);

        fixture.connects(new CallResult.Done<>(DeliveryFixture.grant("grant-1", "ada"), "request-1"));
        fixture.parts.handovers.make(call);
        process();
        assertThat(fixture.exists("ada")).isFalse();
        assertThat(isQueued("grant-1")).isTrue();
        assertThat(Rows.evidence(fixture)).isZero();
    }

    @Test
    void aSignInOfAnotherUserThatIsNotMergedYetDelaysNothing() {
        fixture.connected("ada", "grant-1");
        fixture.unlinked("ada");
        fixture.person("eve");
        fixture.signedIn("eve", "token", fixture.now());

        process();

        assertThat(fixture.exists("ada")).isFalse();
    }

    @Test
    void aMailboxThatBelongsToAnotherUserMeanwhileIsLeftAlone() {
        fixture.connected("ada", "grant-1");
        fixture.unlinked("ada");
        fixture.keycloak.user(DeliveryFixture.REALM, "ada-2");
        fixture.link("ada-2", "ada");
        fixture.signedIn("ada", "token-2", fixture.now() + 1, "ada-2");
        fixture.parts.merger.merge();
        // The link proves nothing for or against the evidence of the user before.
        fixture.unlink("ada-2");

        process();

        assertThat(fixture.read("ada", GrantEntity::userId)).isEqualTo("ada-2");
        assertThat(fixture.read("ada", GrantEntity::waitingToken)).isPresent();
        assertThat(Rows.evidence(fixture)).isZero();
    }

    @Test
    void moreEvidenceThanOneBatchIsProcessedAtOnce() {
        IntStream.range(0, 120)
                .forEach(i -> fixture.evidence(
                        EvidenceEntity.linkRemoved(DeliveryFixture.mailbox("nobody-" + i), "nobody", fixture.now())));

        process();

        assertThat(Rows.evidence(fixture)).isZero();
    }
}
