package io.github.keycloaknylas.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The POM of this build. */
final class Pom {

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]+)}");

    private Pom() {}

    /** The first element of that name, which for a property is the one that holds without a profile. */
    static String value(String element) throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        return REFERENCE.matcher(written(pom, element)).replaceAll(reference -> written(pom, reference.group(1)));
    }

    private static String written(String pom, String element) {
        return Pattern.compile("<" + Pattern.quote(element) + ">([^<]+)<")
                .matcher(pom)
                .results()
                .map(value -> value.group(1))
                .findFirst()
                .orElseThrow();
    }
}
