package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.Notice;
import io.github.keycloaknylas.ledger.NoticedGrant;
import io.github.keycloaknylas.ledger.Notices;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Notices lead to looks: as few as possible, and each is repeated until Nylas has answered. */
@OnEveryDatabase
class NoticeProcessorTest {

    private static final String URL = "https://api.us.nylas.com";

    private final DeliveryFixture fixture;
    private final List<String> looked = new ArrayList<>();
    private GrantLook look = (apiUrl, application, grantId) -> LookResult.RECORDED;
    private final NoticeProcessor processor;
    private int events;

    NoticeProcessorTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
        processor = node();
    }

    private NoticeProcessor node() {
        return new NoticeProcessor(
                fixture.transactions,
                this::look,
                new NoticeBacklog(NoticeBacklog.MOST, true),
                fixture.backoff,
                fixture.clock,
                DeliveryFixture.LEASE);
    }

    private LookResult look(String apiUrl, String application, String grantId) throws InterruptedException {
        looked.add(apiUrl + " " + application + " " + grantId);
        return look.look(apiUrl, application, grantId);
    }

    private void notice(String grantId, String type) {
        NoticedGrant grant = new NoticedGrant(URL, "application-1", grantId);
        Notice notice = new Notice("webhook-1", "event-" + ++events, grant, type, null);
        fixture.transactions.run(session -> Notices.of(session).insert(notice, fixture.now()));
    }

    private void notice(String grantId) {
        notice(grantId, "grant.expired");
    }

    private static String looking(String grantId) {
        return URL + " application-1 " + grantId;
    }

    @Test
    void aNoticeLeadsToALookAtItsGrant() throws Exception {
        notice("grant-1");

        assertThat(processor.process()).isTrue();
        assertThat(processor.process()).isFalse();

        assertThat(looked).containsExactly(looking("grant-1"));
    }

    @Test
    void manyNoticesOfAGrantInAnyOrderAreAnsweredByOneLook() throws Exception {
        notice("grant-1", "grant.deleted");
        notice("grant-1", "grant.created");
        notice("grant-2");
        notice("grant-1", "grant.expired");

        while (processor.process()) {}

        assertThat(looked).containsExactly(looking("grant-1"), looking("grant-2"));
    }

    @Test
    void aNoticeThatArrivesDuringTheLookLeadsToAnother() throws Exception {
        notice("grant-1");
        look = (apiUrl, application, grantId) -> {
            if (looked.size() == 1) {
                notice("grant-1");
            }
            return LookResult.RECORDED;
        };

        while (processor.process()) {}

        assertThat(looked).containsExactly(looking("grant-1"), looking("grant-1"));
    }

    @Test
    void aLookThatCouldNotBeMadeIsRepeatedAfterALongerAndLongerWait() throws Exception {
        notice("grant-1");
        look = (apiUrl, application, grantId) -> LookResult.FAILED;

        processor.process();
        assertThat(processor.process()).isFalse();
        fixture.clock.forward(Duration.ofSeconds(1));
        processor.process();
        fixture.clock.forward(Duration.ofSeconds(1));
        assertThat(processor.process()).isFalse();
        fixture.clock.forward(Duration.ofSeconds(4));
        look = (apiUrl, application, grantId) -> LookResult.RECORDED;
        processor.process();

        assertThat(looked).hasSize(3);
        fixture.clock.forward(Duration.ofDays(1));
        assertThat(processor.process()).isFalse();
    }

    @Test
    void aLookThatThrowsIsRepeatedAndHoldsUpNoOther() throws Exception {
        notice("grant-1");
        notice("grant-2");
        look = (apiUrl, application, grantId) -> {
            if (grantId.equals("grant-1") && looked.size() == 1) {
                throw new IllegalStateException("lost");
            }
            return LookResult.RECORDED;
        };

        while (processor.process()) {}
        fixture.clock.forward(Duration.ofSeconds(1));
        processor.process();

        assertThat(looked).containsExactly(looking("grant-1"), looking("grant-2"), looking("grant-1"));
    }

    @Test
    void whatANodeThatDiedHadLeasedIsLookedAtByAnother() throws Exception {
        notice("grant-1");
        look = (apiUrl, application, grantId) -> {
            throw new InterruptedException("killed");
        };
        try {
            processor.process();
        } catch (InterruptedException killed) {
            // The node is gone, its lease is not.
        }
        look = (apiUrl, application, grantId) -> LookResult.RECORDED;

        assertThat(node().process()).isFalse();
        fixture.clock.forward(DeliveryFixture.LEASE);
        assertThat(node().process()).isTrue();

        assertThat(looked).hasSize(2);
    }
}
