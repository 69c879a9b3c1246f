package io.github.keycloaknylas.capture;

import java.util.Map;
import java.util.Optional;

/** The version of the jar, for the console's Server Info. */
final class Version {

    private Version() {}

    static Map<String, String> info() {
        return Map.of(
                "version",
                Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                        .orElse("unknown"));
    }
}
