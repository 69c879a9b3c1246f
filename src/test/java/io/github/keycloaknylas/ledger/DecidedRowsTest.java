package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What administrators decide about many rows of a realm at once, and what they count. */
@OnEveryDatabase
class DecidedRowsTest extends LedgerTestBase {

    private static final Mailbox ELSEWHERE = new Mailbox("other", "microsoft", "ada");
    private static final long DUE = NOW - 1;
    private static final long IN_AN_HOUR = NOW + 3_600_000;

    DecidedRowsTest(Engine engine) {
        super(engine);
    }

    private static Selection provider(String alias) {
        return new Selection("realm", Optional.of(alias), List.of());
    }

    private static Selection ids(String... ids) {
        return new Selection("realm", Optional.empty(), List.of(ids));
    }

    private String gone(Mailbox mailbox) {
        return row(mailbox, "user-" + mailbox.subject(), row -> Transitions.linkSeen(row, false, 10));
    }

    private int confirmLinks(Selection selection) {
        return query(em -> new LinksGone(em).confirm(selection, NOW));
    }

    private String deletion(String grantId, Mailbox mailbox, long dueAt) {
        String id = row(mailbox, "user", row -> connected(row, grantId));
        end(id, dueAt);
        String hash = grant(grantId).hash();
        query(em -> {
            new Deletions(em).find(hash).orElseThrow().postpone(LastFailure.of("confirmation", NOW), IN_AN_HOUR);
            return null;
        });
        return hash;
    }

    private DeletionEntity deletion(String hash) {
        return deletions(queue -> queue.find(hash)).orElseThrow();
    }

    @Test
    void aLostLinkIsConfirmedByEvidenceThatNamesItsMailbox() {
        Mailbox mailbox = mailbox("\u00c1da");
        String id = gone(mailbox);

        assertThat(confirmLinks(ids(id))).isEqualTo(1);

        EvidenceEntity evidence = query(em -> new Evidence(em).find(id)).orElseThrow();
        assertThat(evidence.type()).contains(EvidenceType.CONFIRMED);
        assertThat(new Mailbox(evidence.realmId(), evidence.alias(), evidence.subject()))
                .isEqualTo(mailbox);
        assertThat(evidence.userId()).isEqualTo("user-\u00c1da");
        assertThat(evidence.createdAt()).isEqualTo(NOW);
    }

    @Test
    void aRepeatedConfirmationInsertsNothing() {
        gone(mailbox("ada"));

        assertThat(confirmLinks(provider("microsoft"))).isEqualTo(1);
        assertThat(confirmLinks(provider("microsoft"))).isZero();
    }

    @Test
    void onlySelectedLinksThatAreGoneAreConfirmed() {
        gone(mailbox("ada"));
        gone(new Mailbox("realm", "entra", "bob"));
        String elsewhere = gone(ELSEWHERE);
        String linked = row("linked", row -> {});

        assertThat(confirmLinks(provider("microsoft"))).isEqualTo(1);
        assertThat(confirmLinks(ids(elsewhere, linked))).isZero();
    }

    @Test
    void confirmedDeletionsAreDueUnlessTheirGraceRuns() {
        String due = deletion("grant-1", mailbox("ada"), DUE);
        String later = deletion("grant-2", mailbox("bob"), IN_AN_HOUR);

        int confirmed = query(em -> new DeletionList(em).confirm(provider("microsoft"), NOW));

        assertThat(confirmed).isEqualTo(2);
        assertThat(deletion(due).isConfirmed()).isTrue();
        assertThat(deletion(due).nextAttemptAt()).contains(NOW);
        assertThat(deletion(later).isConfirmed()).isTrue();
        assertThat(deletion(later).nextAttemptAt()).contains(IN_AN_HOUR);
    }

    @Test
    void aRetriedDeletionIsDueAndStillNotConfirmed() {
        String due = deletion("grant-1", mailbox("ada"), DUE);
        String other = deletion("grant-2", mailbox("bob"), DUE);

        int retried = query(em -> new DeletionList(em).retry(ids(due), NOW));

        assertThat(retried).isEqualTo(1);
        assertThat(deletion(due).nextAttemptAt()).contains(NOW);
        assertThat(deletion(due).isConfirmed()).isFalse();
        assertThat(deletion(other).nextAttemptAt()).contains(IN_AN_HOUR);
    }

    @Test
    void deletionsOfOtherRealmsAndThoseThatAreDoneAreNeitherListedNorDecided() {
        String elsewhere = deletion("grant-1", ELSEWHERE, DUE);
        String done = deletion("grant-2", mailbox("bob"), DUE);
        query(em -> {
            new Deletions(em).find(done).orElseThrow().done(NOW);
            return null;
        });

        int confirmed = query(em -> new DeletionList(em).confirm(ids(elsewhere, done), NOW));

        assertThat(confirmed).isZero();
        List<DeletionEntity> listed = query(em -> new DeletionList(em).after("realm", DueRows.FIRST, 10));
        assertThat(listed).isEmpty();
        assertThat(this.<Long>query(em -> new DeletionList(em).count("realm"))).isZero();
    }

    @Test
    void deletionsAreListedPageByPage() {
        List<String> hashes = List.of(
                deletion("grant-1", mailbox("ada"), DUE),
                deletion("grant-2", mailbox("bob"), DUE),
                deletion("grant-3", mailbox("eve"), DUE));

        List<DeletionEntity> first = query(em -> new DeletionList(em).after("realm", DueRows.FIRST, 2));
        List<DeletionEntity> second =
                query(em -> new DeletionList(em).after("realm", first.get(1).grantHash(), 2));

        assertThat(first).hasSize(2);
        assertThat(second).hasSize(1);
        assertThat(hashes)
                .contains(
                        first.get(0).grantHash(),
                        first.get(1).grantHash(),
                        second.get(0).grantHash());
    }

    @Test
    void whatWaitsInARealmIsCounted() {
        row("connected", row -> connected(row, "grant-1"));
        row("waiting", row -> waiting(row, 5));
        row("failed", row -> {
            waiting(row, 3);
            Transitions.waiting(row, LastFailure.of("seal_key", NOW), NOW);
        });
        gone(mailbox("gone"));
        deletion("grant-2", mailbox("deleted"), DUE);
        gone(ELSEWHERE);

        assertThat(this.<Map<String, Long>>query(em -> new RealmCounts(em, "realm").byState()))
                .containsEntry("CONNECTED", 1L)
                .containsEntry("ABSENT", 4L);
        assertThat(this.<Map<String, Long>>query(em -> new RealmCounts(em, "realm").waitingByFailure()))
                .isEqualTo(Map.of("-", 1L, "seal_key", 1L));
        assertThat(this.<Optional<Long>>query(em -> new RealmCounts(em, "realm").oldestWaiting()))
                .contains(3L);
        assertThat(this.<Long>query(em -> new RealmCounts(em, "realm").grants()))
                .isEqualTo(1);
        assertThat(this.<Long>query(em -> new RealmRows(em, "realm").linksGone()))
                .isEqualTo(1);
        assertThat(this.<Long>query(em -> new RealmRows(em, "realm").deletionsToConfirm()))
                .isEqualTo(1);
    }

    @Test
    void whereNothingWaitsNothingIsTheOldest() {
        assertThat(this.<Optional<Long>>query(em -> new RealmCounts(em, "realm").oldestWaiting()))
                .isEmpty();
    }
}
