package io.github.keycloaknylas.nylas;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes scope names comparable: Entra and connectors may spell {@code https://graph.microsoft.com/Mail.Read}, Nylas
 * answers {@code Mail.Read} (Nylas API reference: "Manage grants").
 */
public final class ScopeNames {

    private static final String GRAPH = "https://graph.microsoft.com/";

    private ScopeNames() {}

    /**
     * @param scope a scope name as somebody spelled it
     * @return the same scope in lower case and without Microsoft Graph's prefix
     */
    public static String normalise(String scope) {
        String lower = scope.strip().toLowerCase(Locale.ROOT);
        return lower.startsWith(GRAPH) ? lower.substring(GRAPH.length()) : lower;
    }

    /**
     * @param scopes scope names as somebody spelled them
     * @return the normalised names
     */
    public static Set<String> normalise(Collection<String> scopes) {
        return scopes.stream().map(ScopeNames::normalise).collect(Collectors.toUnmodifiableSet());
    }
}
