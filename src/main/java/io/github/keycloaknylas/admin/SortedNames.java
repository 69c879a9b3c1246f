package io.github.keycloaknylas.admin;

import java.util.Collection;
import java.util.stream.Collectors;

/** Lists names in a sentence, always in the same order. */
final class SortedNames {

    private SortedNames() {}

    static String join(Collection<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", "));
    }
}
