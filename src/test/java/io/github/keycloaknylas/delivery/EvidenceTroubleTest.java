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
class EvidenceTroubleTest {

    private final Workshop shop;

    EvidenceTroubleTest(Engine engine) {
        shop = new Workshop(engine);
    }

    private boolean isQueued(String grantId) {
        return shop.deletion(grantId, deletion -> true).isPresent();
    }

    @Test
    void evidenceOfAnUnknownTypeIsLeftToTheVersionThatWroteIt() {
        shop.connected("ada", "grant-1");
        shop.unlinked("ada");
        Rows.evidenceOfANewerVersion(shop);
        shop.person("eve");
        shop.connected("eve", "grant-2");
        shop.unlinked("eve");

        shop.parts.evidence.process();

        assertThat(isQueued("grant-1")).isFalse();
        assertThat(isQueued("grant-2")).isTrue();
        assertThat(Rows.evidence(shop)).isEqualTo(1);
    }

    @Test
    void evidenceForAMailboxInAnUnknownStateIsLeftToTheVersionThatWroteIt() {
        shop.connected("ada", "grant-1");
        shop.unlinked("ada");
        Rows.grantsOfANewerVersion(shop);

        shop.parts.evidence.process();

        assertThat(isQueued("grant-1")).isFalse();
        assertThat(Rows.evidence(shop)).isEqualTo(1);
    }

    @Test
    void evidenceForAMailboxThatDoesNotExistIsUsedUp() {
        shop.evidence(EvidenceEntity.linkRemoved(Workshop.mailbox("nobody"), "nobody", shop.now()));

        shop.parts.evidence.process();

        assertThat(Rows.evidence(shop)).isZero();
    }

    @Test
    void oneThatFailsStopsNoOtherAndIsProcessedLater() {
        FailingLinks links = new FailingLinks(shop.keycloak.links(), "ada"::equals);
        EvidenceProcessor processor = new EvidenceProcessor(
                shop.jobs, links, shop.clock, Workshop.GRACE, new UnknownGrants(mock(Logger.class)));
        shop.connected("ada", "grant-1");
        shop.person("eve");
        shop.connected("eve", "grant-2");
        shop.unlinked("ada");
        shop.unlinked("eve");

        processor.process();
        assertThat(isQueued("grant-1")).isFalse();
        assertThat(isQueued("grant-2")).isTrue();

        links.recover();
        processor.process();
        assertThat(isQueued("grant-1")).isTrue();
        assertThat(Rows.evidence(shop)).isZero();
    }

    @Test
    void aUserStoreThatIsDownIsNotNeeded() {
        shop.connected("ada", "grant-1");
        shop.unlinked("ada");
        shop.keycloak.failUserStore(new IllegalStateException("The directory does not answer"));

        shop.parts.evidence.process();

        assertThat(isQueued("grant-1")).isTrue();
    }
}
