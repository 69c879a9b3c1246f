package io.github.keycloaknylas.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import org.junit.jupiter.api.Test;
import org.keycloak.models.FederatedIdentityModel;

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
    void aStoredTokenIsClearedBeforeTheNewOneIsDropped() {
        keycloak.link("realm", "ada", "microsoft", "ada");
        link().setToken(json("older"));
        SignIn signIn = SignIn.social("ada", json("refresh-token"));

        signIn(signIn);

        assertThat(signIn.context().getToken()).isNull();
        assertThat(link().getToken()).isNull();
        assertThat(captured(signIn)).hasSize(1);
    }

    @Test
    void aStoredTokenUnderTheLegacyIdIsClearedToo() {
        keycloak.link("realm", "ada", "microsoft", "legacy-id");
        link().setToken(json("older"));
        SignIn signIn = SignIn.social("new-id", json("refresh-token"));
        signIn.context().setLegacyId("legacy-id");

        signIn(signIn);

        assertThat(link().getToken()).isNull();
        assertThat(signIn.context().getToken()).isNull();
    }

    @Test
    void whereTheStoredTokenCannotBeClearedTheNewOneStaysSinceKeycloakWouldFail() {
        keycloak.failUserStore(new IllegalStateException("The directory is down"));
        SignIn social = SignIn.social("ada", json("refresh-token"));
        SignIn oidc = SignIn.oidc("ada", "refresh-token");

        signIn(social);
        signIn(oidc);

        assertThat(social.context().getToken()).isNotNull();
        assertThat(oidc.response().getRefreshToken()).isEmpty();
    }

    private FederatedIdentityModel link() {
        return session.users()
                .getFederatedIdentity(realm, keycloak.user("realm", "ada").model(), "microsoft");
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
