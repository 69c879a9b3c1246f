package io.github.keycloaknylas.mail;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.IdentityProviderModel;

/** Microsoft Graph scopes, whose names are written short or as full URIs and in any case. */
final class MicrosoftScopes implements ScopeRules {

    private static final String GRAPH = "https://graph.microsoft.com/";

    /**
     * Scopes of the sign-in itself: Microsoft requires no consent for them, and does not list all of them as granted.
     */
    private static final Set<String> OF_SIGN_IN = Set.of("openid", "profile", "email", "offline_access");

    @Override
    public String defaults() {
        return "Mail.Read Calendars.Read";
    }

    /** Without Default Scopes the social provider requests its own profile scope. */
    @Override
    public Set<String> requested(IdentityProviderModel broker) {
        String scopes =
                BrokerConfig.text(broker, "defaultScope").orElse(Microsoft.isSocial(broker) ? "User.Read" : "openid");
        return Stream.of(scopes.split("\\s+")).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Set<String> ofMailbox(Set<String> scopes) {
        return scopes.stream()
                .map(MicrosoftScopes::fold)
                .filter(scope -> !OF_SIGN_IN.contains(scope))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A wider scope covers the narrower one. */
    @Override
    public Set<String> missing(Set<String> granted, Set<String> required) {
        Set<String> have = granted.stream().map(MicrosoftScopes::fold).collect(Collectors.toSet());
        return required.stream()
                .filter(scope -> !OF_SIGN_IN.contains(fold(scope)) && !covers(have, fold(scope)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean covers(Set<String> have, String scope) {
        String readWrite = scope.replace(".read", ".readwrite");
        return have.contains(scope)
                || scope.contains(".read")
                        && !scope.contains(".readwrite")
                        && (have.contains(readWrite) || have.contains(readWrite + ".shared"))
                || have.contains(scope + ".shared");
    }

    private static String fold(String scope) {
        String lower = scope.strip().toLowerCase(Locale.ROOT);
        return lower.startsWith(GRAPH) ? lower.substring(GRAPH.length()) : lower;
    }
}
