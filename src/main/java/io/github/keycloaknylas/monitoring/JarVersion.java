package io.github.keycloaknylas.monitoring;

import io.github.keycloaknylas.hashing.Digests;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Map;
import java.util.Optional;

/** Identifies the running jar in the console's Server Info, for comparison with the checksums of a release. */
public final class JarVersion {

    private static final String UNKNOWN = "unknown";

    private JarVersion() {}

    /**
     * Returns {@code version} from the jar's manifest and {@code sha256} of the jar's bytes; "unknown" where there is
     * no jar.
     */
    public static Map<String, String> info() {
        return Map.of(
                "version",
                Optional.ofNullable(JarVersion.class.getPackage().getImplementationVersion())
                        .orElse(UNKNOWN),
                "sha256",
                sha256());
    }

    private static String sha256() {
        try {
            CodeSource source = JarVersion.class.getProtectionDomain().getCodeSource();
            return Digests.sha256(Files.readAllBytes(Path.of(URI.create(String.valueOf(source.getLocation())))));
        } catch (IOException | RuntimeException e) {
            return UNKNOWN;
        }
    }
}
