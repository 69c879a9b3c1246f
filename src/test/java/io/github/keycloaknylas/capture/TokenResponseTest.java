package io.github.keycloaknylas.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenResponseTest {

    private static TokenResponse social(String json) {
        return TokenResponse.of(SignIn.social("ada", json).context());
    }

    @Test
    void theOidcProviderHandsOverAnObject() {
        TokenResponse response = TokenResponse.of(SignIn.oidc("ada", "refresh").context());

        assertThat(response.seen()).isTrue();
        assertThat(response.refreshToken()).contains("refresh");
        assertThat(response.scopes()).isEqualTo(Set.of("openid", "Mail.Read", "Calendars.Read"));
    }

    @Test
    void theSocialProviderHandsOverText() {
        TokenResponse response = social("{\"refresh_token\":\"refresh\",\"scope\":\" Mail.Read\\n User.Read \"}");

        assertThat(response.refreshToken()).contains("refresh");
        assertThat(response.scopes()).isEqualTo(Set.of("Mail.Read", "User.Read"));
    }

    @Test
    void withoutStoreTokensTheSocialProviderShowsNothing() {
        assertThat(social(null)).isEqualTo(new TokenResponse(false, Optional.empty(), Set.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "{}",
                "{\"refresh_token\":null}",
                "{\"refresh_token\":17}",
                "{\"refresh_token\":{\"a\":1}}",
                "{\"refresh_token\":[\"x\"]}",
                "{\"refresh_token\":\" \"}",
                "{\"refresh_token\":\"cut off",
                "<html>",
                "{\"refresh_token\":true,\"scope\":[1]}"
            })
    void oddResponsesHoldNoUsableToken(String json) {
        TokenResponse response = social(json);

        assertThat(response.seen()).isTrue();
        assertThat(response.refreshToken()).isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  "})
    void aBlankTokenIsNone(String token) {
        assertThat(TokenResponse.of(SignIn.oidc("ada", token).context()).refreshToken())
                .isEmpty();
    }

    @Test
    void aTokenOf20KilobytesIsRead() {
        assertThat(social("{\"refresh_token\":\"" + "x".repeat(20_000) + "\"}").refreshToken())
                .contains("x".repeat(20_000));
    }

    @Test
    void aResponseThatNamesNoScopesNamesNone() {
        assertThat(social("{\"refresh_token\":\"r\"}").scopes()).isEmpty();
        assertThat(social("{\"refresh_token\":\"r\",\"scope\":5}").scopes()).isEmpty();
    }

    @Test
    void nothingThatIsPrintedHoldsTheToken() {
        assertThat(TokenResponse.of(SignIn.oidc("ada", "refresh-secret").context())
                        .toString())
                .doesNotContain("refresh-secret");
    }
}
