package io.github.keycloaknylas.capture;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.util.JsonSerialization;

/** Keycloak's own copies of the refresh token go. */
@OnEveryDatabase
class DiscardTest extends RefreshTokenMapperTestBase {

    DiscardTest(Engine engine) {
        super(engine);
    }

    @Test
    void theOidcResponseLosesItsRefreshTokenAndStays() {
        SignIn signIn = signedIn("refresh-token");

        assertThat(signIn.response()).isNotNull();
        assertThat(signIn.response().getRefreshToken()).isEmpty();
        assertThat(signIn.response().getScope()).isEqualTo(SignIn.SCOPES);
    }

    @Test
    void aTokenThatWouldBeStoredGivesWayToAResponseWithoutTokensAndExpiry() throws IOException {
        SignIn signIn = SignIn.social("ada", json("refresh-token"));

        signIn(signIn);

        JsonNode handedOn = new ObjectMapper().readTree(signIn.context().getToken());
        assertThat(handedOn.path("access_token").textValue()).isEmpty();
        assertThat(handedOn.path("refresh_token").textValue()).isEmpty();
        assertThat(handedOn.has("accessTokenExpiration")).isFalse();
        assertThat(captured(signIn)).hasSize(1);
    }

    @Test
    void whatKeycloakStoredOfItEqualsTheNextSoThatNoLoginWritesTheLink() throws IOException {
        AccessTokenResponse stored = JsonSerialization.readValue(Discard.EMPTY_RESPONSE, AccessTokenResponse.class);

        assertThat(JsonSerialization.writeValueAsString(stored)).isEqualTo(Discard.EMPTY_RESPONSE);
    }

    @Test
    void whereNothingWouldBeStoredNothingIs() {
        SignIn signIn = signedIn("refresh-token");

        assertThat(signIn.context().getToken()).isNull();
    }

    @Test
    void theUserStoreIsNotAsked() {
        keycloak.failUserStore(new IllegalStateException("The directory is down"));
        SignIn social = SignIn.social("ada", json("refresh-token"));

        signIn(social);

        assertThat(social.context().getToken()).isEqualTo(Discard.EMPTY_RESPONSE);
    }

    @Test
    void withoutDiscardKeycloakKeepsItsCopies() {
        config.put("discardAfterCapture", "false");

        SignIn signIn = signedIn("refresh-token");

        assertThat(signIn.response().getRefreshToken()).isEqualTo("refresh-token");
        assertThat(captured(signIn)).hasSize(1);
    }

    @Test
    void copiesAreDiscardedEvenIfNothingCouldBeSealed() {
        options.without("nylas-seal-key/default/secret");

        SignIn signIn = signedIn("refresh-token");

        assertThat(signIn.response().getRefreshToken()).isEmpty();
        assertThat(captured(signIn)).isEmpty();
    }
}
