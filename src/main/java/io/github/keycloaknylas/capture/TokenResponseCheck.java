package io.github.keycloaknylas.capture;

import io.github.keycloaknylas.config.MapperSettings;
import io.github.keycloaknylas.mail.MailProvider;
import io.github.keycloaknylas.mail.ScopeRules;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Explains to an administrator why a token response cannot be used, and what to change. */
final class TokenResponseCheck {

    private TokenResponseCheck() {}

    static Optional<String> problem(MapperSettings settings, TokenResponse response, MailProvider provider) {
        if (!response.seen()) {
            return Optional.of("Keycloak does not show the refresh token to mappers. Switch on 'Store tokens' of the"
                    + " provider; with 'Discard after capture' on, nothing is stored.");
        }
        if (response.refreshToken().isEmpty()) {
            return Optional.of(provider.words().noRefreshToken());
        }
        Set<String> missing = missingScopes(settings, response, provider);
        if (!missing.isEmpty()) {
            return Optional.of(provider.displayName() + " granted no "
                    + missing.stream().sorted().collect(Collectors.joining(", "))
                    + ". Add it to the 'Scopes' (defaultScope) of the provider and to "
                    + provider.words().permissions() + ", or take it out of the mapper's required scopes.");
        }
        return Optional.empty();
    }

    /** Returns the scopes that the mapper requires and the response does not name, if it names any. */
    static Set<String> missingScopes(MapperSettings settings, TokenResponse response, MailProvider provider) {
        ScopeRules rules = provider.scopes();
        return response.scopes().isEmpty() ? Set.of() : rules.missing(response.scopes(), rules.requiredBy(settings));
    }
}
