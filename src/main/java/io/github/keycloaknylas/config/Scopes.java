package io.github.keycloaknylas.config;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Microsoft Graph scopes, whose names are written short or as full URIs and in any case. */
public final class Scopes {

    private static final String GRAPH = "https://graph.microsoft.com/";

    private Scopes() {}

    /** The required scopes that were not granted, in their short form. A wider scope stands for the narrower one. */
    public static Set<String> missing(Set<String> granted, Set<String> required) {
        Set<String> have = granted.stream().map(Scopes::fold).collect(Collectors.toSet());
        return required.stream().filter(scope -> !covers(have, fold(scope))).collect(Collectors.toUnmodifiableSet());
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
        String lower = scope.toLowerCase(Locale.ROOT);
        return lower.startsWith(GRAPH) ? lower.substring(GRAPH.length()) : lower;
    }
}
