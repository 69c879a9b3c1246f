package io.github.keycloaknylas.support.mail;

import io.github.keycloaknylas.mail.ExpectedIdentity;
import io.github.keycloaknylas.mail.MailProvider;
import io.github.keycloaknylas.mail.ProviderWords;
import io.github.keycloaknylas.mail.ScopeRules;
import io.github.keycloaknylas.nylas.ErrorMeaning;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.oidc.OIDCIdentityProviderFactory;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.representations.JsonWebToken;

/**
 * A mail provider that does not exist, with scopes, IDs and error codes unlike those of a real one. It is recognised by
 * its token URL. Never part of the extension's jar.
 */
public final class ExampleMail implements MailProvider, ScopeRules {

    public static final String NAME = "example";
    /** Part of its addresses. */
    public static final String HOST = "example-mail";
    /** What it allows, as it grants it. */
    public static final String POSTBOX = "example/postbox";

    private static final Pattern CODE = Pattern.compile("EX-\\d+");
    private static final Map<String, ErrorMeaning> MEANINGS = Map.of(
            "EX-100", ErrorMeaning.TOKEN_REFUSED,
            "EX-200", ErrorMeaning.CLIENT_REFUSED,
            "EX-300", ErrorMeaning.CONSENT_MISSING);
    private static final Set<String> OF_SIGN_IN = Set.of("openid", "profile", "email");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String displayName() {
        return "Example Mail";
    }

    @Override
    public List<String> brokerKinds() {
        return List.of(OIDCIdentityProviderFactory.PROVIDER_ID);
    }

    @Override
    public boolean serves(IdentityProviderModel broker) {
        return OIDCIdentityProviderFactory.PROVIDER_ID.equals(broker.getProviderId())
                && broker.getConfig().getOrDefault("tokenUrl", "").contains(HOST);
    }

    @Override
    public ScopeRules scopes() {
        return this;
    }

    @Override
    public String defaults() {
        return "postbox";
    }

    @Override
    public Set<String> requested(IdentityProviderModel broker) {
        return Set.of(broker.getConfig().getOrDefault("defaultScope", "openid").split(" "));
    }

    @Override
    public Set<String> ofMailbox(Set<String> scopes) {
        return scopes.stream()
                .map(scope -> scope.replaceFirst("^" + NAME + "/", ""))
                .filter(scope -> !OF_SIGN_IN.contains(scope))
                .collect(Collectors.toSet());
    }

    @Override
    public Set<String> missing(Set<String> granted, Set<String> required) {
        Set<String> missing = ofMailbox(required);
        missing.removeAll(ofMailbox(granted));
        return missing;
    }

    @Override
    public ExpectedIdentity identity(BrokeredIdentityContext context) {
        Object token = context.getContextData().get(OIDCIdentityProvider.VALIDATED_ID_TOKEN);
        String subject = token instanceof JsonWebToken jwt ? jwt.getSubject() : null;
        return new ExpectedIdentity(subject, null, null, null, null);
    }

    /** Nylas returns {@code PERSON-} and the subject in capital letters. */
    @Override
    public String comparableId(String id) {
        return id.toLowerCase(Locale.ROOT).replaceFirst("^person-", "");
    }

    @Override
    public boolean needsStoredTokens(IdentityProviderModel broker) {
        return false;
    }

    @Override
    public boolean expectsRefreshToken(BrokeredIdentityContext context) {
        return false;
    }

    @Override
    public List<String> errorCodes(String text) {
        return CODE.matcher(text).results().map(MatchResult::group).toList();
    }

    @Override
    public Optional<ErrorMeaning> meaning(String code) {
        return Optional.ofNullable(MEANINGS.get(code));
    }

    @Override
    public String hint(ErrorMeaning meaning) {
        return "Example Mail said " + meaning;
    }

    @Override
    public ProviderWords words() {
        return new ProviderWords(
                "Example registration", "the Example registration", "Example Mail sent no refresh token.");
    }
}
