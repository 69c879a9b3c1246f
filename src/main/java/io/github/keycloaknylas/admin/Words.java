package io.github.keycloaknylas.admin;

import java.util.Collection;
import java.util.stream.Collectors;

/** Puts names into a sentence, always in the same order. */
final class Words {

    private Words() {}

    static String list(Collection<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", "));
    }
}
