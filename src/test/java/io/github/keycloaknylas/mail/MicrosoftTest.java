package io.github.keycloaknylas.mail;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.nylas.ErrorMeaning;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.models.IdentityProviderModel;

/** What the extension asks of Microsoft, the provider. */
class MicrosoftTest {

    private final MailProvider microsoft = new Microsoft();

    private static IdentityProviderModel broker(String kind) {
        IdentityProviderModel broker = new IdentityProviderModel();
        broker.setProviderId(kind);
        return broker;
    }

    @Test
    void usersSignInThroughThreeKindsOfIdentityProviders() {
        assertThat(microsoft.brokerKinds()).containsExactly("microsoft", "oidc", "keycloak-oidc");
        assertThat(microsoft.brokerKinds()).allMatch(kind -> microsoft.serves(broker(kind)));
        assertThat(microsoft.serves(broker("google"))).isFalse();
        assertThat(microsoft.isFallback()).isTrue();
    }

    @Test
    void onlyTheSocialProviderHidesTheTokenResponse() {
        assertThat(microsoft.needsStoredTokens(broker("microsoft"))).isTrue();
        assertThat(microsoft.needsStoredTokens(broker("oidc"))).isFalse();
    }

    @Test
    void everyResponseShouldCarryARefreshToken() {
        assertThat(microsoft.expectsRefreshToken(null)).isTrue();
    }

    @Test
    void theCodesAreFoundInTheOrderOfTheText() {
        assertThat(microsoft.errorCodes("AADSTS70008: expired; see AADSTS7000222, not AADSTS1 or xAADSTS50173x"))
                .containsExactly("AADSTS70008", "AADSTS7000222");
        assertThat(microsoft.errorCodes("")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "AADSTS7000215, CLIENT_REFUSED",
        "AADSTS7000222, CLIENT_REFUSED",
        "AADSTS700016, CLIENT_REFUSED",
        "AADSTS65001, CONSENT_MISSING",
        "AADSTS50173, TOKEN_REFUSED",
        "AADSTS70008, TOKEN_REFUSED",
        "AADSTS70043, TOKEN_REFUSED",
        "AADSTS700082, TOKEN_REFUSED",
        "AADSTS700084, TOKEN_REFUSED",
        "AADSTS50076, TOKEN_REFUSED",
        "AADSTS50078, TOKEN_REFUSED",
        "AADSTS50079, TOKEN_REFUSED",
    })
    void aCodeMeans(String code, ErrorMeaning meaning) {
        assertThat(microsoft.meaning(code)).contains(meaning);
    }

    @Test
    void nothingFollowsFromOtherCodes() {
        assertThat(microsoft.meaning("AADSTS90099")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyHintIsASentenceWithoutItsFullStop(ErrorMeaning meaning) {
        assertThat(microsoft.hint(meaning)).matches("Microsoft .*[^.]");
    }

    @Test
    void withoutDefaultScopesKeycloakRequestsLittle() {
        assertThat(microsoft.scopes().requested(broker("microsoft"))).isEqualTo(Set.of("User.Read"));
        assertThat(microsoft.scopes().requested(broker("oidc"))).isEqualTo(Set.of("openid"));
    }
}
