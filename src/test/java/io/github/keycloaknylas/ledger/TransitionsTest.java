package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TransitionsTest extends TransitionsTestBase {

    @Test
    void aStateOfANewerVersionIsLeftAlone() {
        row.state = "PARKED";

        assertThat(row.state()).isEqualTo(Optional.empty());
        for (GrantState known : GrantState.values()) {
            assertThat(row.is(known)).isFalse();
        }
    }

    @Test
    void anAttributeThatCouldNotBeWrittenIsTriedLaterAndLater() {
        in(GrantState.CONNECTED);
        row.projection.require(10);

        Transitions.projectionPostponed(row, attempts -> 100 + attempts);
        Transitions.projectionPostponed(row, attempts -> 100 + attempts);

        assertThat(row.isProjectionDue()).isTrue();
        assertThat(row.projection.at).isEqualTo(101);
    }

    @Test
    void nothingThatIsPrintedHoldsAToken() {
        merged(10);

        assertThat(row.toString()).doesNotContain("sealed-10");
        assertThat(row.waitingToken().orElseThrow().toString()).doesNotContain("sealed-10");
    }
}
