package io.github.keycloaknylas.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.github.keycloaknylas.config.ReconciliationSettings;
import io.github.keycloaknylas.hashing.Digests;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.HistorySource;
import io.github.keycloaknylas.ledger.Notice;
import io.github.keycloaknylas.ledger.NoticedGrant;
import io.github.keycloaknylas.ledger.Notices;
import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.Failure;
import io.github.keycloaknylas.nylas.FailureKind;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProvider;

/** Notices of very many grants are answered by one pass of the reconciliation instead of a look at each grant. */
@OnEveryDatabase
class NoticeBacklogTest {

    private static final int MOST = 3;
    private static final String URL = "https://api.us.nylas.com";
    private static final Duration INTERVAL = Duration.ofHours(6);

    private final DeliveryFixture fixture;
    private final FakeListing nylas;
    private Reconciliation reconciliation;
    private NoticeProcessor processor;
    private int events;

    NoticeBacklogTest(Engine engine) {
        fixture = new DeliveryFixture(engine);
        nylas = new FakeListing(fixture.nylas);
    }

    @BeforeEach
    void fiveHaveAGrant() {
        processor = processor(new NoticeBacklog(MOST, true));
        reconciliation = new ReconciliationParts(
                        fixture.transactions,
                        fixture.parts,
                        DeliveryFixture.SETTINGS,
                        new ReconciliationSettings(INTERVAL, 2, 5),
                        new Timing(fixture.clock, fixture.backoff, DeliveryFixture.unlimited()),
                        fixture.warnings)
                .reconciliation;
        people(5).forEach(this::connected);
        reconciliation.run();
        fixture.clock.forward(Duration.ofHours(1));
    }

    private NoticeProcessor processor(NoticeBacklog backlog) {
        return new NoticeProcessor(
                fixture.transactions,
                fixture.parts.look(HistorySource.NYLAS),
                backlog,
                fixture.backoff,
                fixture.clock,
                DeliveryFixture.LEASE);
    }

    private static List<String> people(int count) {
        return IntStream.range(0, count).mapToObj(i -> "person-" + i).toList();
    }

    private void connected(String name) {
        fixture.person(name);
        fixture.connected(name, "grant-of-" + name);
        nylas.has(DeliveryFixture.grant("grant-of-" + name, name));
    }

    private void notice(String grantId) {
        NoticedGrant grant = new NoticedGrant(URL, DeliveryFixture.APPLICATION, grantId);
        Notice notice = new Notice("webhook-1", "event-" + ++events, grant, "grant.expired", null);
        fixture.transactions.run(session -> Notices.of(session).insert(notice, fixture.now()));
    }

    private void notices(int people) {
        people(people).forEach(name -> notice("grant-of-" + name));
    }

    private void expire(int people) {
        people(people).forEach(name -> nylas.expires("grant-of-" + name));
    }

    private void process() throws InterruptedException {
        while (processor.process()) {}
    }

    private void pass() {
        fixture.clock.forward(Duration.ofMinutes(1));
        reconciliation.run();
    }

    private long count(String table, String where) {
        return fixture.transactions.call(session -> ((Number) session.getProvider(JpaConnectionProvider.class)
                        .getEntityManager()
                        .createNativeQuery("select count(*) from " + table + " where " + where)
                        .getSingleResult())
                .longValue());
    }

    private long waiting() {
        return count("NYLAS_NOTICE", "DONE_AT is null");
    }

    private long connected() {
        return count("NYLAS_GRANT", "GRANT_STATE = 'CONNECTED'");
    }

    private void verifyLooks(int calls) {
        verify(fixture.nylas, times(calls)).grant(any(), any());
    }

    /** Two of each pass: the second finds no more grants. */
    private void verifyPages(int calls) {
        verify(fixture.nylas, times(calls)).grants(any(), anyInt(), anyInt());
    }

    private void confirm() {
        Rows.sql(
                fixture,
                em -> em.createNativeQuery("update NYLAS_CONNECTION set CONFIRMED_AT = ALARM_AT, NEXT_AT = 0,"
                                + " ROW_VERSION = ROW_VERSION + 1 where ALARM_AT is not null")
                        .executeUpdate());
    }

    @Test
    void noticesOfAFewGrantsAreLookedAtOneByOne() throws Exception {
        notices(MOST);
        notices(MOST);

        process();
        pass();

        verifyLooks(MOST);
        verifyPages(0);
        assertThat(waiting()).isZero();
    }

    @Test
    void noticesOfMoreGrantsAreAnsweredByOnePassThatBeginsAtOnce() throws Exception {
        expire(1);
        notices(MOST + 1);

        process();
        verifyLooks(0);
        pass();

        verifyPages(2);
        verifyLooks(1);
        assertThat(connected()).isEqualTo(4);
        assertThat(waiting()).isZero();
    }

    @Test
    void aNoticeThatArrivesDuringThePassIsNotAnsweredByIt() throws Exception {
        notices(MOST + 1);
        process();
        nylas.beforeEachPage(() -> {
            if (waiting() == MOST + 1) {
                notices(1);
            }
            return Optional.empty();
        });

        pass();

        assertThat(waiting()).isEqualTo(1);
        expire(1);
        process();
        assertThat(connected()).isEqualTo(4);
    }

    @Test
    void aGrantThatIsHandedOverDuringThePassIsLookedAtAfterwards() throws Exception {
        notices(MOST + 1);
        process();
        nylas.beforeEachPage(() -> {
            fixture.waiting("person-0", "token-2");
            fixture.connects(
                    new CallResult.Done<>(DeliveryFixture.grant("grant-of-person-0", "person-0"), "request-2"));
            fixture.handOver();
            return Optional.empty();
        });

        pass();
        assertThat(waiting()).isEqualTo(1);
        process();

        verifyLooks(1);
        assertThat(waiting()).isZero();
    }

    @Test
    void aPassThatBreaksOffAnswersNothingAndIsRepeated() throws Exception {
        notices(MOST + 1);
        process();
        nylas.beforeEachPage(() -> Optional.of(new CallResult.Failed<>(
                new Failure(FailureKind.TEMPORARY, null, "api.error", 503, "request-9", null, "Down."))));

        pass();
        assertThat(waiting()).isEqualTo(MOST + 1);
        assertThat(processor.process()).isFalse();
        nylas.beforeEachPage(Optional::empty);
        pass();

        assertThat(waiting()).isZero();
        verifyLooks(0);
    }

    @Test
    void whatAPassOfANodeThatDiedHadTakenIsDueAgain() throws Exception {
        notices(MOST + 1);
        process();
        nylas.beforeEachPage(() -> {
            throw new OutOfMemoryError("the node is gone");
        });
        try {
            pass();
        } catch (OutOfMemoryError killed) {
            nylas.beforeEachPage(Optional::empty);
        }

        fixture.clock.forward(NoticeBacklog.WAIT);
        process();
        pass();

        assertThat(waiting()).isZero();
        verifyLooks(0);
    }

    @Test
    void passesForNoticesAreAtLeastFiveMinutesApart() throws Exception {
        notices(MOST + 1);
        process();
        pass();
        notices(MOST + 1);

        process();
        pass();
        verifyPages(2);
        fixture.clock.forward(NoticeBacklog.WAIT);
        process();
        pass();

        verifyPages(4);
        assertThat(waiting()).isZero();
    }

    @Test
    void whileAnAlarmStandsTheNoticesOfASingleGrantWaitAsWell() throws Exception {
        people(5).forEach(name -> nylas.deletes("grant-of-" + name));
        notices(MOST + 1);
        process();
        pass();
        notice("grant-of-person-4");

        process();
        fixture.clock.forward(Duration.ofHours(1));
        process();

        verifyLooks(0);
        assertThat(connected()).isEqualTo(5);
        assertThat(waiting()).isEqualTo(MOST + 2);
    }

    @Test
    void aConfirmedPassAnswersWhatWaitedForIt() throws Exception {
        people(5).forEach(name -> nylas.deletes("grant-of-" + name));
        notices(MOST + 1);
        process();
        pass();
        confirm();

        pass();

        assertThat(connected()).isZero();
        assertThat(waiting()).isZero();
    }

    @Test
    void withoutPassesEachGrantIsLookedAt() throws Exception {
        processor = processor(new NoticeBacklog(MOST, false));
        notices(MOST + 1);

        process();

        verifyLooks(MOST + 1);
        assertThat(waiting()).isZero();
    }

    @Test
    void noticesOfAnApplicationWithoutGrantsOfThisServerDoNotWait() throws Exception {
        Rows.sql(
                fixture,
                em -> em.createNativeQuery("update NYLAS_GRANT set CONNECTION_HASH = null")
                        .executeUpdate());
        IntStream.range(0, MOST + 1).forEach(i -> notice("grant-of-others-" + i));

        process();
        fixture.clock.forward(DeliveryFixture.LEASE);
        process();

        assertThat(waiting()).isZero();
        verifyLooks(0);
    }

    @Test
    void tenThousandExpiriesAtOnceChangeNothingAndRaiseOneAlarm() throws Exception {
        int copies = 10_000;
        processor = processor(new NoticeBacklog(NoticeBacklog.MOST, true));
        notices(1);
        RowCopies.insert(
                fixture,
                "NYLAS_NOTICE",
                "NOTICE_HASH",
                Digests.sha256("webhook-1", "event-1"),
                copies,
                Map.of("NOTICE_HASH", i -> "notice-" + i));
        RowCopies.insert(
                fixture,
                "NYLAS_GRANT",
                "ID",
                fixture.read("person-0", GrantEntity::id),
                copies,
                Map.of("ID", i -> "copy-" + i, "KEY_HASH", i -> "key-" + i, "SUBJECT", i -> "copy-" + i));
        IntStream.range(0, copies).forEach(i -> {
            nylas.has(DeliveryFixture.grant(RowCopies.grantId(i), "copy-" + i));
            nylas.expires(RowCopies.grantId(i));
        });

        process();
        pass();
        for (int i = 0; i < 12; i++) {
            fixture.clock.forward(NoticeBacklog.WAIT);
            process();
            reconciliation.run();
        }

        verifyLooks(0);
        verify(fixture.warnings, times(1)).warn(any(), any(), contains("10000 of 10005 grants"));
        assertThat(connected()).isEqualTo(copies + 5);
        assertThat(waiting()).isEqualTo(copies + 1);
    }
}
