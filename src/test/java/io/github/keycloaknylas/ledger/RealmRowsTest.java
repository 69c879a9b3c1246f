package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the set-up call asks of the rows of one realm. */
@OnEveryDatabase
class RealmRowsTest extends LedgerTestBase {

    RealmRowsTest(Engine engine) {
        super(engine);
    }

    private <T> T rows(Function<RealmRows, T> look) {
        return query(em -> look.apply(new RealmRows(em, "realm")));
    }

    private String ofAnotherRealm(String subject) {
        return row(
                new Mailbox("other", "microsoft", subject), "user-" + subject, row -> connected(row, "g-" + subject));
    }

    @Test
    void linksThatAreGoneAreCountedInTheRealmOnly() {
        row("linked", row -> connected(row, "g-1"));
        change(row("gone", row -> connected(row, "g-2")), row -> row.linkGoneAt = NOW);
        change(ofAnotherRealm("gone-elsewhere"), row -> row.linkGoneAt = NOW);

        assertThat(rows(RealmRows::linksGone)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"confirmation", "links_unreadable"})
    void deletionsWaitForADecisionIfTheyWereStoppedForIt(String reason) {
        end(row("stopped", row -> connected(row, "g-1")), NOW);
        end(row("due", row -> connected(row, "g-2")), NOW);
        end(row("linked", row -> connected(row, "g-3")), NOW);
        String elsewhere = ofAnotherRealm("stopped-elsewhere");
        end(elsewhere, NOW);
        postpone("g-1", reason);
        postpone("g-3", "linked");
        postpone("g-stopped-elsewhere", reason);

        assertThat(rows(RealmRows::deletionsToConfirm)).isEqualTo(1);
    }

    @Test
    void theDeletionsOfEveryApplicationAreCounted() {
        for (String application : List.of("application-1", "application-2", "application-3")) {
            ConnectedGrant grant = grant("g", application);
            String id = row(application, row -> {
                waiting(row, 5);
                Transitions.connected(row, grant, 5, NOW);
            });
            end(id, NOW);
            postpone(grant, "confirmation");
        }

        assertThat(rows(RealmRows::deletionsToConfirm)).isEqualTo(3);
    }

    @Test
    void aDeletionThatIsConfirmedOrDoneWaitsForNoDecision() {
        end(row("confirmed", row -> connected(row, "g-1")), NOW);
        end(row("done", row -> connected(row, "g-2")), NOW);
        postpone("g-1", "confirmation");
        postpone("g-2", "confirmation");
        query(em -> em.createQuery("update DeletionEntity d set d.confirmedAt = 1 where d.grantId = 'g-1'")
                .executeUpdate());
        deletions(queue -> {
            queue.find(grant("g-2").hash()).orElseThrow().done(NOW);
            return null;
        });

        assertThat(rows(RealmRows::deletionsToConfirm)).isZero();
    }

    @Test
    void connectedMailboxesAreThoseOfTheProviderAndNoMoreThanAskedFor() {
        row("a", row -> connected(row, "g-1"));
        row("b", row -> connected(row, "g-2"));
        row("waiting", row -> waiting(row, 5));
        ofAnotherRealm("c");
        row(new Mailbox("realm", "other-alias", "d"), "user-d", row -> connected(row, "g-4"));

        assertThat(subjects(rows -> rows.connected("microsoft", 50))).containsExactlyInAnyOrder("a", "b");
        assertThat(subjects(rows -> rows.connected("microsoft", 1))).hasSize(1);
    }

    @Test
    void thoseThatHaveWaitedLongestComeFirst() {
        row("second", row -> waiting(row, 20));
        row("first", row -> waiting(row, 10));
        row("third", row -> waiting(row, 30));
        row(new Mailbox("other", "microsoft", "elsewhere"), "user", row -> waiting(row, 5));
        row("connected", row -> connected(row, "g-1"));

        assertThat(subjects(rows -> rows.waitingLongest(3))).containsExactly("first", "second");
    }

    private List<String> subjects(Function<RealmRows, List<GrantEntity>> look) {
        return rows(look).stream().map(row -> row.mailbox().subject()).toList();
    }

    private void postpone(String grantId, String reason) {
        postpone(grant(grantId), reason);
    }

    private void postpone(ConnectedGrant grant, String reason) {
        deletions(queue -> {
            queue.find(grant.hash()).orElseThrow().postpone(LastFailure.of(reason, NOW), NOW + 1);
            return null;
        });
    }
}
