package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.util.List;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which grant applications see, in the user's attribute and in tokens alike. */
@OnEveryDatabase
class ShownGrantTest extends LedgerTestBase {

    ShownGrantTest(Engine engine) {
        super(engine);
    }

    private boolean isShown(String id) {
        boolean inAttribute = read(id, row -> row.shownGrant().isPresent());
        boolean inToken =
                !query(em -> new LedgerView(em).shownTo("realm", "user-ada")).isEmpty();
        assertThat(inToken).isEqualTo(inAttribute);
        return inAttribute;
    }

    @Test
    void nothingIsShownBeforeTheFirstHandover() {
        assertThat(isShown(row("ada", row -> {}))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"CONNECTED, true", "RECONNECT, true", "HELD, false", "ABSENT, false", "PARKED, false"})
    void aGrantOfItsUserIsShownWhileItWorksOrWaitsForASignIn(String state, boolean shown) {
        String id = row("ada", row -> connected(row, "grant-1"));

        inState(id, state);

        assertThat(isShown(id)).isEqualTo(shown);
    }

    @Test
    void aGrantThatWasHeldBackIsNotShownOnceItsOwnerHasToSignInAgain() {
        String id = row("ada", row -> {
            waiting(row, 5);
            Transitions.held(row, grant("grant-1"), Transitions.HELD_BY_ANOTHER, 5, NOW);
            waiting(row, 6);
            Transitions.refused(row, LastFailure.of("x", 3), 6, NOW);
        });

        assertThat(read(id, GrantEntity::state)).contains(GrantState.RECONNECT);
        assertThat(isShown(id)).isFalse();
    }

    @Test
    void tokensShowTheColumnsAndManageNoRow() {
        row("ada", row -> connected(row, "grant-1"));
        row(new Mailbox("other", "microsoft", "ada"), "user-ada", row -> connected(row, "grant-2"));

        query(em -> {
            assertThat(new LedgerView(em).shownTo("realm", "user-ada"))
                    .containsExactly(new ShownGrant("microsoft", "grant-1", "ada@example.com", true));
            assertThat(em.unwrap(Session.class).getStatistics().getEntityCount())
                    .isZero();
            return null;
        });
    }

    @Test
    void tokensTellAGrantThatWaitsForASignIn() {
        String id = row("ada", row -> connected(row, "grant-1"));
        inState(id, "RECONNECT");

        assertThat(this.<List<ShownGrant>>query(em -> new LedgerView(em).shownTo("realm", "user-ada")))
                .extracting(ShownGrant::connected)
                .containsExactly(false);
    }
}
