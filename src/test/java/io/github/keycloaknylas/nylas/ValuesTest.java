package io.github.keycloaknylas.nylas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The small values: what they refuse, and how they compare. */
final class ValuesTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " "})
    void aHandoverNeedsAToken(String token) {
        assertThatIllegalArgumentException().isThrownBy(() -> new GrantRequest(token, null));
    }

    @Test
    void aBlankCredentialIsNone() {
        assertThat(new GrantRequest("t", " ").credentialId()).isNull();
        assertThat(new GrantRequest("t", " c ").credentialId()).isEqualTo("c");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"keycloak:0f8b1a36-55d0-4a39-9d5c-0e4c1a2b3c4d", "A_z:09-"})
    void aHandoverMayCarryAState(String state) {
        assertThat(new GrantRequest("t", null, state).state()).isEqualTo(state);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a@b", "ä", "a\n", "a\"b"})
    void aStateIsOpaque(String state) {
        assertThatIllegalArgumentException().isThrownBy(() -> new GrantRequest("t", null, state));
    }

    @Test
    void aStateIsBounded() {
        assertThat(new GrantRequest("t", null, "s".repeat(200)).state()).hasSize(200);
        assertThatIllegalArgumentException().isThrownBy(() -> new GrantRequest("t", null, "s".repeat(201)));
    }

    @Test
    void aScopeBelongsToTheAdministratorAlone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Failure(FailureKind.ADMINISTRATOR, null, null, null, null, null, "h"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Failure(FailureKind.TEMPORARY, FailureReach.ROW, null, null, null, null, "h"));
    }

    @Test
    void typeAndRequestIdAreBoundedAndDroppedWhole() {
        assertThat(Sanitizer.type("a".repeat(100))).hasSize(100);
        assertThat(Sanitizer.type("a".repeat(101))).isNull();
        assertThat(Sanitizer.type("Bearer x")).isNull();
        assertThat(Sanitizer.requestId("A".repeat(100))).hasSize(100);
        assertThat(Sanitizer.requestId("A".repeat(101))).isNull();
        assertThat(Sanitizer.requestId("a\nb")).isNull();
        assertThat(Sanitizer.requestId("<b>")).isNull();
    }

    @Test
    void aHostOutOfReachIsNotReached() {
        String hint = FailureCause.NOT_REACHED.withoutAnswer().hint();

        assertThat(TransportFailures.of(new NoRouteToHostException(), false).hint())
                .isEqualTo(hint);
        assertThat(TransportFailures.of(new ConnectException(), false).hint()).isEqualTo(hint);
    }
}
