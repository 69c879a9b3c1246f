package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.Optional;
import java.util.Set;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;

/** What a login reads of a mailbox. */
@OnEveryDatabase
class GrantStatusTest extends LedgerTestBase {

    GrantStatusTest(Engine engine) {
        super(engine);
    }

    private Optional<GrantStatus> grantStatus(String subject) {
        return query(em -> new LedgerView(em).grantStatus(mailbox(subject)));
    }

    @Test
    void aLoginReadsColumnsAndManagesNoRow() {
        row("abc", row -> {
            waiting(row, 5);
            Transitions.connected(
                    row,
                    new ConnectedGrant("g", null, null, "Mail.Read User.Read", connection("app", "credential"), 7L),
                    5,
                    NOW);
        });

        query(em -> {
            assertThat(new LedgerView(em).grantStatus(mailbox("abc")))
                    .contains(new GrantStatus(
                            Optional.of(GrantState.CONNECTED),
                            connection("app", "credential"),
                            Set.of("Mail.Read", "User.Read"),
                            7L,
                            NOW,
                            ADA));
            assertThat(em.unwrap(Session.class).getStatistics().getEntityCount())
                    .isZero();
            return null;
        });
    }

    @Test
    void aMailboxWithoutAGrantHasNoConnection() {
        row("abc", row -> waiting(row, 5));

        assertThat(grantStatus("abc"))
                .contains(new GrantStatus(Optional.of(GrantState.ABSENT), null, Set.of(), null, NOW, ADA));
    }

    @Test
    void aMailboxWithoutARowIsNotKnown() {
        assertThat(grantStatus("other")).isEmpty();
    }

    @Test
    void aStateOfANewerVersionIsReadAsUnknown() {
        inState(row("abc", row -> {}), "PARKED");

        assertThat(grantStatus("abc")).get().extracting(GrantStatus::state).isEqualTo(Optional.empty());
    }
}
