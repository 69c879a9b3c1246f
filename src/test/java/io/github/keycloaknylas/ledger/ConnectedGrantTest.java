package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ConnectedGrantTest {

    @Test
    void scopesComeBackFromTheirColumn() {
        assertThat(grant(ConnectedGrant.scopes(Set.of("Mail.Read", "User.Read")))
                        .scopeSet())
                .containsExactlyInAnyOrder("Mail.Read", "User.Read");
        assertThat(grant(ConnectedGrant.scopes(Set.of())).scopeSet()).isEmpty();
        assertThat(grant(null).scopeSet()).isEmpty();
    }

    @Test
    void moreScopesThanTheColumnTakesAreLeftOutWhole() {
        Set<String> many =
                IntStream.range(0, 1000).mapToObj(i -> "Scope.Number" + i).collect(Collectors.toSet());

        String column = ConnectedGrant.scopes(many);

        assertThat(column).hasSizeLessThanOrEqualTo(4000);
        assertThat(grant(column).scopeSet()).isSubsetOf(many).isNotEmpty();
    }

    @Test
    void anAddressLongerThanItsColumnIsNoneAndIsMeasuredAsItIsStored() {
        assertThat(ConnectedGrant.bounded("12345", 5)).isEqualTo("12345");
        assertThat(ConnectedGrant.bounded("123456", 5)).isNull();
        assertThat(ConnectedGrant.bounded("é", 5)).isNull();
        assertThat(ConnectedGrant.bounded("é", 6)).isEqualTo("é");
        assertThat(ConnectedGrant.bounded(null, 5)).isNull();
    }

    private static ConnectedGrant grant(String scopes) {
        return new ConnectedGrant("g", null, null, scopes, "c", "f", "k", 1L);
    }
}
