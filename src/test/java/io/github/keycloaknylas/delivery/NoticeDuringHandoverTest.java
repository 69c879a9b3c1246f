package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.keycloaknylas.config.ReconciliationSettings;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.HistorySource;
import io.github.keycloaknylas.ledger.Notice;
import io.github.keycloaknylas.ledger.NoticedGrant;
import io.github.keycloaknylas.ledger.Notices;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.NylasGrant;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Nylas sends a notice of a grant whose handover it has answered, but whose answer is not recorded yet: what becomes of
 * the grant is known all the same.
 */
@OnEveryDatabase
class NoticeDuringHandoverTest {

    private static final Duration INTERVAL = Duration.ofHours(6);
    private static final String GRANT = "grant-1";
    private static final NylasGrant VALID = DeliveryFixture.grant(GRANT, "ada");

    private final DeliveryFixture fixture;
    private final FakeListing nylas;
    private final NoticeProcessor processor;
    private final Reconciliation reconciliation;
    private int events;

    NoticeDuringHandoverTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
        nylas = new FakeListing(fixture.nylas);
        processor = new NoticeProcessor(
                fixture.transactions,
                fixture.parts.look(HistorySource.NYLAS),
                new NoticeBacklog(1, true),
                fixture.backoff,
                fixture.clock,
                DeliveryFixture.LEASE);
        reconciliation = new ReconciliationParts(
                        fixture.transactions,
                        fixture.parts,
                        DeliveryFixture.SETTINGS,
                        new ReconciliationSettings(INTERVAL, 2, 5),
                        new Timing(fixture.clock, fixture.backoff, DeliveryFixture.unlimited()),
                        fixture.warnings)
                .reconciliation;
    }

    @BeforeEach
    void theApplicationIsKnown() {
        fixture.person("bob");
        fixture.connected("bob", "grant-of-bob");
        nylas.has(DeliveryFixture.grant("grant-of-bob", "bob"));
        reconciliation.run();
    }

    private void adaHasTheGrant() {
        fixture.connected("ada", GRANT);
        nylas.has(VALID);
        fixture.clock.forward(Duration.ofMinutes(1));
    }

    private void adaIsHandedOver(Runnable beforeTheAnswerIsRecorded) {
        when(fixture.nylas.connect(any(), any(), any())).thenAnswer(call -> {
            nylas.has(VALID);
            fixture.clock.forward(Duration.ofSeconds(1));
            beforeTheAnswerIsRecorded.run();
            return new CallResult.Done<>(VALID, "request-1");
        });
        fixture.waiting("ada", "token-2");
        fixture.handOver();
        fixture.parts.attributes.writeDue();
    }

    private void notice(String grantId) {
        NoticedGrant grant = new NoticedGrant("https://api.us.nylas.com", DeliveryFixture.APPLICATION, grantId);
        Notice notice = new Notice("webhook-1", "event-" + ++events, grant, "grant.expired", null);
        fixture.transactions.run(session -> Notices.of(session).insert(notice, fixture.now()));
    }

    private void process() {
        try {
            while (processor.process()) {}
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        fixture.parts.attributes.writeDue();
    }

    private void pass() {
        fixture.clock.forward(INTERVAL);
        reconciliation.run();
    }

    private void processAll() {
        for (int i = 0; i < 10; i++) {
            fixture.clock.forward(DeliveryFixture.LEASE.dividedBy(5));
            process();
        }
    }

    @Test
    void aGrantThatExpiresWhileItIsHandedOverAgainWaitsForANewSignIn() {
        adaHasTheGrant();

        adaIsHandedOver(() -> {
            nylas.expires(GRANT);
            notice(GRANT);
            process();
        });
        processAll();

        assertThat(fixture.state("ada")).contains(GrantState.RECONNECT);
    }

    @Test
    void aGrantThatExpiresWhileItIsLookedAtAndHandedOverWaitsForANewSignIn() {
        adaHasTheGrant();
        when(fixture.nylas.grant(any(), eq(GRANT))).thenAnswer(call -> {
            NylasGrant expired =
                    new NylasGrant(GRANT, VALID.email(), VALID.providerUserId(), VALID.scopes(), false, null);
            fixture.connected("ada", GRANT);
            fixture.reports(GRANT, new CallResult.Done<>(Optional.of(expired), "request-2"));
            return new CallResult.Done<>(Optional.of(expired), "request-1");
        });
        notice(GRANT);

        process();
        processAll();

        assertThat(fixture.state("ada")).contains(GrantState.RECONNECT);
    }

    @Test
    void aGrantThatIsDeletedDuringItsFirstHandoverIsNoLongerShown() {
        adaIsHandedOver(() -> {
            nylas.deletes(GRANT);
            notice(GRANT);
            process();
        });
        assertThat(fixture.shown("ada")).contains(GRANT);

        processAll();

        assertThat(fixture.shown("ada")).isEmpty();
    }

    @Test
    void aPassDuringTheFirstHandoverDoesNotAnswerItsNotice() {
        adaIsHandedOver(() -> {
            nylas.deletes(GRANT);
            notice(GRANT);
            pass();
        });

        processAll();

        assertThat(fixture.shown("ada")).isEmpty();
    }

    @Test
    void aPassDuringALaterHandoverDoesNotAnswerItsNotice() {
        adaHasTheGrant();
        nylas.expires(GRANT);
        pass();

        adaIsHandedOver(() -> {
            nylas.expires(GRANT);
            notice(GRANT);
            reconciliationIsDueAtOnce();
            reconciliation.run();
        });
        processAll();

        assertThat(fixture.state("ada")).contains(GrantState.RECONNECT);
    }

    private void reconciliationIsDueAtOnce() {
        fixture.clock.forward(DeliveryFixture.SETTINGS.lookInterval());
        Rows.sql(
                fixture,
                em -> em.createNativeQuery("update NYLAS_CONNECTION set NEXT_AT = 0")
                        .executeUpdate());
    }

    @Test
    void aGrantThatNobodyIsHandedOverIsNeverAskedForAndItsNoticeIsAnsweredAfterALease() throws Exception {
        notice("grant-of-others");
        notice("other-grant-of-others");
        process();

        processAll();

        verify(fixture.nylas, never()).grant(any(), anyString());
        fixture.clock.forward(Duration.ofDays(1));
        assertThat(processor.process()).isFalse();
    }
}
