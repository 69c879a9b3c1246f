package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The workers find what is due, lane by lane, and nothing else. */
@OnEveryDatabase
class DueRowsTest extends LedgerTestBase {

    private static final String LANE = mailbox("any").lane("server:k");

    DueRowsTest(Engine engine) {
        super(engine);
    }

    private <T> T found(Function<DueRows, T> look) {
        return query(em -> look.apply(new DueRows(em)));
    }

    private List<String> ids(Function<DueRows, List<String>> look) {
        return found(look);
    }

    private List<String> due() {
        return due(10);
    }

    private List<String> due(int most) {
        return found(rows -> rows.dueIn(LANE, NOW, most).toList());
    }

    private List<String> lanes() {
        List<String> lanes = new ArrayList<>();
        Optional<String> lane = found(rows -> rows.laneAfter(DueRows.FIRST));
        while (lane.isPresent()) {
            String current = lane.get();
            lanes.add(current);
            lane = found(rows -> rows.laneAfter(current));
        }
        return lanes;
    }

    @Test
    void onlyWhatIsDueIsFoundTheLongestOverdueFirst() {
        String second = row("second", row -> waiting(row, 20));
        String first = row("first", row -> waiting(row, 10));
        row("later", row -> waiting(row, NOW + 1));
        row("nothing", row -> {});

        assertThat(due()).containsExactly(first, second);
        assertThat(due(1)).containsExactly(first);
    }

    @Test
    void aSignInComesBeforeARetryAndTheBackfillIsNotAmongThem() {
        String second = row("second", row -> backfilled(row, 2));
        String first = row("first", row -> backfilled(row, 1));
        String retry = row("retry", row -> {
            waiting(row, 2);
            Transitions.postponed(row, LastFailure.of("temporary", 3), 2, 3, 3);
        });
        String signIn = row("sign-in", row -> waiting(row, 30));

        assertThat(due()).containsExactly(signIn, retry);
        assertThat(due(1)).containsExactly(signIn);
        assertThat(last(NOW, 10)).containsExactly(first, second);
        assertThat(last(1, 10)).containsExactly(first);
        assertThat(last(NOW, 1)).containsExactly(first);
    }

    private List<String> last(long now, int most) {
        return found(rows -> rows.lastIn(LANE, now, most).toList());
    }

    private static void backfilled(GrantEntity row, long since) {
        Transitions.backfill(row, token(since), ADA, since);
    }

    @Test
    void aRowThatIsPutBackForASettingIsStillASignIn() {
        String retry = row("retry", row -> {
            waiting(row, 2);
            Transitions.postponed(row, LastFailure.of("temporary", 3), 2, 3, 3);
        });
        String putBack = row("put-back", row -> {
            waiting(row, 4);
            Transitions.waiting(row, LastFailure.of("mapper_missing", 5), 5);
        });

        assertThat(due()).containsExactly(putBack, retry);
    }

    @Test
    void lanesAreFoundOneAfterTheOtherAndOnlyWhileTokensWait() {
        row("a", row -> waiting(row, 1));
        row("b", row -> waiting(row, 2));
        row(new Mailbox("realm", "other", "c"), "c", row -> waiting(row, 3));
        row("d", row -> Transitions.merge(row, new SealedToken("sealed", "server:new", 4), ADA, "d", 4));
        row("e", row -> connected(row, "grant-1"));

        assertThat(lanes())
                .containsExactlyElementsOf(Stream.of(
                                LANE,
                                new Mailbox("realm", "other", "c").lane("server:k"),
                                mailbox("d").lane("server:new"))
                        .sorted()
                        .toList());
    }

    @Test
    void rowsOfAnotherLaneAreNotFound() {
        row(new Mailbox("realm", "other", "c"), "c", row -> waiting(row, 3));

        assertThat(due()).isEmpty();
    }

    @Test
    void aLeasedRowIsDueAgainOnlyWhenItsLeaseIsOver() {
        String id = row("abc", row -> waiting(row, 10));
        found(rows -> rows.lease(id, NOW - 100, NOW + 1));
        assertThat(due()).isEmpty();

        assertThat(ids(rows -> rows.dueIn(LANE, NOW + 1, 10).toList())).containsExactly(id);
    }

    @Test
    void aStateOfANewerVersionIsNeitherFoundNorLeasedNorErased() {
        String id = row("abc", row -> {
            waiting(row, 10);
            row.attribute.require(10);
        });

        inState(id, "PARKED");

        assertThat(due()).isEmpty();
        assertThat(this.<Optional<String>>found(rows -> rows.lease(id, NOW, NOW + 100)))
                .isEmpty();
        assertThat(this.<Boolean>found(rows -> rows.leaseAttribute(id, NOW, NOW + 100)))
                .isFalse();
        assertThat(ids(rows -> rows.tokensOlderThan(NOW, 10))).isEmpty();
    }

    @Test
    void tokensOlderThanTheirRetentionAreFoundWhileTheyWait() {
        String older = row("older", row -> waiting(row, 10));
        String old = row("old", row -> waiting(row, 11));
        row("young", row -> waiting(row, 20));
        row("done", row -> connected(row, "grant-1"));

        assertThat(ids(rows -> rows.tokensOlderThan(20, 10))).containsExactly(older, old);
        assertThat(ids(rows -> rows.tokensOlderThan(20, 1))).containsExactly(older);
    }

    @Test
    void attributesAreFoundWhenDueTheLongestOverdueFirst() {
        String second = row("second", row -> row.attribute.require(20));
        String first = row("first", row -> row.attribute.require(10));
        row("later", row -> row.attribute.require(NOW + 1));
        row("done", row -> {});

        assertThat(ids(rows -> rows.attributesDue(NOW, 10))).containsExactly(first, second);
    }

    @Test
    void theWholeLedgerIsReadPieceByPiece() {
        List<String> all = Stream.of("a", "b", "c")
                .map(name -> row(name, row -> {}))
                .sorted()
                .toList();

        List<String> first = found(rows -> rows.idsAfter(DueRows.FIRST, 2));
        List<String> rest = found(rows -> rows.idsAfter(first.get(1), 2));

        assertThat(first).isEqualTo(all.subList(0, 2));
        assertThat(rest).isEqualTo(all.subList(2, 3));
    }
}
