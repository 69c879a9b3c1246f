package io.github.keycloaknylas.testkit.microsoft;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Scopes in the spelling they were asked for: a Graph scope with or without its resource, in any case, is the same. */
record Scopes(List<String> asAsked) {

    private static final String GRAPH = "https://graph.microsoft.com/";

    static Scopes parse(String spaceSeparated) {
        return new Scopes(Stream.of(spaceSeparated.split(" "))
                .filter(scope -> !scope.isBlank())
                .distinct()
                .toList());
    }

    boolean contain(String scope) {
        return names().contains(nameOf(scope));
    }

    /** The canonical names of the scopes, whatever their spelling. */
    Set<String> names() {
        return asAsked.stream().map(Scopes::nameOf).collect(toUnmodifiableSet());
    }

    /**
     * The scopes as a token response lists them. Entra never includes {@code offline_access}, which the refresh
     * token implies.
     */
    String inAnswer() {
        return asAsked.stream()
                .filter(scope -> !scope.equalsIgnoreCase("offline_access"))
                .collect(joining(" "));
    }

    @Override
    public String toString() {
        return String.join(" ", asAsked);
    }

    private static String nameOf(String scope) {
        String lower = scope.toLowerCase(Locale.ROOT);
        return lower.startsWith(GRAPH) ? lower.substring(GRAPH.length()) : lower;
    }
}
