package io.github.keycloaknylas.it;

import io.github.keycloaknylas.testkit.server.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A server whose wall clock is wrong (libfaketime): time passes as ever, and durations stay right. Without the library the
 * test does not run and says so, or fails if the environment variable {@code CI} is {@code true}.
 */
final class OtherClock {

    private static final Path LIBRARIES = Path.of("/usr/lib");

    private OtherClock() {}

    static ServerOptions.Builder behind(Duration offset, ServerOptions.Builder options) {
        Optional<Path> library = library();
        if (library.isEmpty()) {
            complain();
        }
        return options.environment("LD_PRELOAD", library.orElseThrow().toString())
                .environment("FAKETIME", "-" + offset.toSeconds() + "s")
                .environment("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                // Keycloak compares the times of its jars with those it noted when it built itself.
                .environment("NO_FAKE_STAT", "1");
    }

    private static void complain() {
        String message = "Nodes whose clocks are apart DID NOT RUN: no libfaketime was found under " + LIBRARIES
                + ". Install it (Debian: apt-get install faketime).";
        System.out.println("\n*** " + message + "\n");
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(message);
        }
        Assumptions.abort(message);
    }

    private static Optional<Path> library() {
        if (!Files.isDirectory(LIBRARIES)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.find(
                LIBRARIES, 4, (path, attributes) -> path.endsWith(Path.of("faketime", "libfaketimeMT.so.1")))) {
            return files.findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
