package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import io.github.keycloaknylas.ledger.EvidenceEntity;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/** Evidence that cannot be used now stays, and keeps nothing else from being processed. */
@OnEveryDatabase
class EvidenceFailureTest {

    private final DeliveryFixture fixture;

    EvidenceFailureTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
    }

    private boolean isQueued(String grantId) {
        return fixture.deletion(grantId, deletion -> true).isPresent();
    }

    @Test
    void evidenceOfAnUnknownTypeIsLeftToTheVersionThatWroteIt() {
        fixture.connected("ada", "grant-1");
        fixture.unlinked("ada");
        Rows.evidenceOfANewerVersion(fixture);
        fixture.person("eve");
        fixture.connected("eve", "grant-2");
        fixture.unlinked("eve");

        fixture.parts.evidence.process();

        assertThat(isQueued("grant-1")).isFalse();
        assertThat(isQueued("grant-2")).isTrue();
        assertThat(Rows.evidence(fixture)).isEqualTo(1);
    }

    @Test
    void evidenceForAMailboxInAnUnknownStateIsLeftToTheVersionThatWroteIt() {
        fixture.connected("ada", "grant-1");
        fixture.unlinked("ada");
        Rows.grantsOfANewerVersion(fixture);

        fixture.parts.evidence.process();

        assertThat(isQueued("grant-1")).isFalse();
        assertThat(Rows.evidence(fixture)).isEqualTo(1);
    }

    @Test
    void evidenceForAMailboxThatDoesNotExistIsUsedUp() {
        fixture.evidence(EvidenceEntity.linkRemoved(DeliveryFixture.mailbox("nobody"), "nobody", fixture.now()));

        fixture.parts.evidence.process();

        assertThat(Rows.evidence(fixture)).isZero();
    }

    @Test
    void oneThatFailsStopsNoOtherAndIsProcessedLater() {
        FailingLinks links = new FailingLinks(fixture.keycloak.links(), "ada"::equals);
        EvidenceProcessor processor = new EvidenceProcessor(
                fixture.transactions,
                links,
                fixture.clock,
                DeliveryFixture.GRACE,
                new UnknownGrants(mock(Logger.class)));
        fixture.connected("ada", "grant-1");
        fixture.person("eve");
        fixture.connected("eve", "grant-2");
        fixture.unlinked("ada");
        fixture.unlinked("eve");

        processor.process();
        assertThat(isQueued("grant-1")).isFalse();
        assertThat(isQueued("grant-2")).isTrue();

        links.recover();
        processor.process();
        assertThat(isQueued("grant-1")).isTrue();
        assertThat(Rows.evidence(fixture)).isZero();
    }

    @Test
    void aUserStoreThatIsDownIsNotNeeded() {
        fixture.connected("ada", "grant-1");
        fixture.unlinked("ada");
        fixture.keycloak.failUserStore(new IllegalStateException("The directory does not answer"));

        fixture.parts.evidence.process();

        assertThat(isQueued("grant-1")).isTrue();
    }
}
