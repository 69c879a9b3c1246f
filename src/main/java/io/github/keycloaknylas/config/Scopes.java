package io.github.keycloaknylas.config;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Microsoft Graph scopes, whose names are written short or as full URIs and in any case. */
public final class Scopes {

    private static final String GRAPH = "https://graph.microsoft.com/";

    /** Scopes of signing in itself: Microsoft asks no consent for them, and does not list all of them as granted. */
    private static final Set<String> OF_SIGN_IN = Set.of("openid", "profile", "email", "offline_access");

    private Scopes() {}

    /** The names in the one form in which they compare, without the scopes of signing in. */
    public static Set<String> ofMailbox(Set<String> scopes) {
        return scopes.stream()
                .map(Scopes::fold)
                .filter(scope -> !OF_SIGN_IN.contains(scope))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The required scopes that were not granted, as they were required. A wider scope stands for the narrower one. */
    public static Set<String> missing(Set<String> granted, Set<String> required) {
        Set<String> have = granted.stream().map(Scopes::fold).collect(Collectors.toSet());
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
