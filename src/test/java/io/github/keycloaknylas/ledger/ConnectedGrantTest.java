package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectedGrantTest {

    private static final GrantConnection A = connection("https://api.us.nylas.com", "a", null);

    @Test
    void scopesComeBackFromTheirColumn() {
        assertThat(scoped(ConnectedGrant.scopes(Set.of("Mail.Read", "User.Read")))
                        .scopeSet())
                .containsExactlyInAnyOrder("Mail.Read", "User.Read");
        assertThat(scoped(ConnectedGrant.scopes(Set.of())).scopeSet()).isEmpty();
        assertThat(scoped(null).scopeSet()).isEmpty();
    }

    @Test
    void moreScopesThanTheColumnTakesAreLeftOutWhole() {
        Set<String> many =
                IntStream.range(0, 1000).mapToObj(i -> "Scope.Number" + i).collect(Collectors.toSet());

        String column = ConnectedGrant.scopes(many);

        assertThat(column).hasSizeLessThanOrEqualTo(4000);
        assertThat(scoped(column).scopeSet()).isSubsetOf(many).isNotEmpty();
    }

    @Test
    void scopesThatJustFitAreAllKept() {
        Set<String> two = Set.of("A".repeat(1999), "B".repeat(2000));

        assertThat(scoped(ConnectedGrant.scopes(two)).scopeSet()).isEqualTo(two);
    }

    @Test
    void whatNylasDoesNotReportIsKept() {
        ConnectedGrant known = new ConnectedGrant("g", "ada@example.com", "ada", "Mail.Read", A, 1L);

        assertThat(known.reportedAs(null, null, Set.of())).isEqualTo(known);
        assertThat(known.reportedAs("new@example.com", "new", Set.of("User.Read")))
                .isEqualTo(new ConnectedGrant("g", "new@example.com", "new", "User.Read", A, 1L));
    }

    @Test
    void anAddressLongerThanItsColumnIsNoneAndIsMeasuredAsItIsStored() {
        assertThat(ConnectedGrant.bounded("12345", 5)).isEqualTo("12345");
        assertThat(ConnectedGrant.bounded("123456", 5)).isNull();
        assertThat(ConnectedGrant.bounded("é", 5)).isNull();
        assertThat(ConnectedGrant.bounded("é", 6)).isEqualTo("é");
        assertThat(ConnectedGrant.bounded(null, 5)).isNull();
    }

    @ParameterizedTest(name = "{0}, application {1}, grant {2}: {3}")
    @CsvSource({
        "https://api.us.nylas.com, a, grant-1, true",
        "https://nylas.example.com, a, grant-1, false",
        "https://api.us.nylas.com, b, grant-1, false",
        "https://api.us.nylas.com, a, grant-2, false",
        "https://api.us.nylas.com, a, GRANT-1, false"
    })
    void aGrantIsIdentifiedByUrlApplicationAndId(String url, String application, String id, boolean same) {
        assertThat(grant(connection(url, application, null), id)
                        .hash()
                        .equals(grant(A, "grant-1").hash()))
                .isEqualTo(same);
    }

    @Test
    void theNameOfAConnectionItsKeyAndItsCredentialDoNotIdentifyAGrant() {
        GrantConnection renamed =
                new GrantConnection("https://api.us.nylas.com", "a", "credential", "another-name", "${vault.other}");

        assertThat(grant(renamed, "grant-1").hash())
                .isEqualTo(grant(A, "grant-1").hash());
    }

    private static GrantConnection connection(String url, String application, String credential) {
        return new GrantConnection(url, application, credential, "default", "option:k");
    }

    private static ConnectedGrant grant(GrantConnection connection, String id) {
        return new ConnectedGrant(id, null, null, null, connection, 1L);
    }

    private static ConnectedGrant scoped(String scopes) {
        return new ConnectedGrant("g", null, null, scopes, A, 1L);
    }
}
