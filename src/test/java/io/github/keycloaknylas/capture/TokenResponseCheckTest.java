package io.github.keycloaknylas.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.mail.Microsoft;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keycloak.models.IdentityProviderMapperModel;

class TokenResponseCheckTest {

    private static Optional<String> problem(boolean seen, String token, String... scopes) {
        IdentityProviderMapperModel mapper = new IdentityProviderMapperModel();
        mapper.setConfig(Map.of());
        return TokenResponseCheck.problem(
                MapperSettings.of(mapper),
                new TokenResponse(seen, Optional.ofNullable(token), Set.of(scopes)),
                new Microsoft());
    }

    @Test
    void aTokenWithAllScopesIsOfUse() {
        assertThat(problem(true, "refresh", "Mail.ReadWrite", "https://graph.microsoft.com/Calendars.Read"))
                .isEmpty();
    }

    @Test
    void aResponseThatNamesNoScopesIsTakenOnTrust() {
        assertThat(problem(true, "refresh")).isEmpty();
    }

    @Test
    void aHiddenResponseIsShownByStoreTokens() {
        assertThat(problem(false, null)).get().asString().contains("'Store tokens'");
    }

    @Test
    void aMissingTokenIsAskedForByOfflineAccess() {
        assertThat(problem(true, null, "Mail.Read")).get().asString().contains("offline_access");
    }

    @Test
    void missingScopesAreNamed() {
        assertThat(problem(true, "refresh", "User.Read")).get().asString().contains("Calendars.Read, Mail.Read");
    }

    @Test
    void noSentenceHoldsTheToken() {
        assertThat(problem(true, "refresh-secret", "User.Read"))
                .get()
                .asString()
                .doesNotContain("refresh-secret");
    }
}
