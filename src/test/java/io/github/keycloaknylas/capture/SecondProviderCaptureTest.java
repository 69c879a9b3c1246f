package io.github.keycloaknylas.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.mail.MailProviders;
import io.github.keycloaknylas.mail.Microsoft;
import io.github.keycloaknylas.support.RecordedLog;
import io.github.keycloaknylas.support.mail.ExampleMail;
import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.OnEveryDatabase;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.representations.JsonWebToken;

/** A sign-in at a mail provider that is not Microsoft is captured by that provider's own rules. */
@OnEveryDatabase
class SecondProviderCaptureTest extends RefreshTokenMapperTestBase {

    private final RecordedLog log = RecordedLog.of(LoginGuard.class);

    SecondProviderCaptureTest(Engine engine) {
        super(
                engine,
                new RefreshTokenMapper(
                        InstantSource.system(), new MailProviders(List.of(new Microsoft(), new ExampleMail()))));
    }

    @AfterEach
    void stopRecording() {
        log.close();
    }

    private static SignIn example(String token, String scope) {
        SignIn signIn = SignIn.oidc("ada", token);
        IdentityProviderModel broker = signIn.provider();
        broker.setProviderId("oidc");
        broker.getConfig().put("tokenUrl", "https://" + ExampleMail.HOST + ".test/token");
        signIn.response().setScope(scope);
        JsonWebToken idToken = new JsonWebToken();
        idToken.subject("ada-17");
        signIn.context().getContextData().put(OIDCIdentityProvider.VALIDATED_ID_TOKEN, idToken);
        return signIn;
    }

    @Test
    void itsTokenIsCapturedWithItsIdentity() {
        SignIn signIn = example("refresh-token", "openid " + ExampleMail.POSTBOX);

        signIn(signIn);

        assertThat(captured(signIn))
                .singleElement()
                .satisfies(row ->
                        assertThat(row.identity()).isEqualTo(new ExpectedIdentity("ada-17", null, null, null, null)));
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void aMissingScopeIsReportedInItsWords() {
        SignIn signIn = example("refresh-token", "openid Mail.Read Calendars.Read");

        signIn(signIn);

        assertThat(captured(signIn)).isEmpty();
        assertThat(log.messages())
                .singleElement()
                .asString()
                .contains("Example Mail granted no postbox", "to the Example registration");
    }

    @Test
    void aResponseThatNeedNotCarryATokenIsPassedOverInSilence() {
        SignIn signIn = example(null, "openid " + ExampleMail.POSTBOX);

        signIn(signIn);

        assertThat(captured(signIn)).isEmpty();
        assertThat(log.messages()).isEmpty();
    }

    @Test
    void theSameResponseOfMicrosoftIsReported() {
        SignIn signIn = SignIn.oidc("ada", null);

        signIn(signIn);

        assertThat(log.messages()).hasSize(1);
    }

    @Test
    void theMapperIsOfferedForEveryKindAndNamesAllProviders() {
        assertThat(mapper.getCompatibleProviders()).containsExactly("oidc", "microsoft", "keycloak-oidc");
        assertThat(mapper.getHelpText()).startsWith("Hands the Example Mail or Microsoft refresh token");
    }
}
