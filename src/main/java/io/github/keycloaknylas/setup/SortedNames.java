package io.github.keycloaknylas.setup;

import java.util.Collection;
import java.util.stream.Collectors;

/** Lists names in a sentence, always in the same order. */
final class SortedNames {

    private SortedNames() {}

    static String join(Collection<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", "));
    }
}
