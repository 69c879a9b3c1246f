package io.github.keycloaknylas.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.keycloaknylas.testkit.server.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** A server whose wall clock is wrong (libfaketime): time passes as ever, and durations stay right. */
final class OtherClock {

    private static final Path LIBRARIES = Path.of("/usr/lib");

    private OtherClock() {}

    static ServerOptions.Builder behind(Duration offset, ServerOptions.Builder options) {
        Optional<Path> library = library();
        assumeTrue(library.isPresent(), OtherClock::complaint);
        return options.environment("LD_PRELOAD", library.get().toString())
                .environment("FAKETIME", "-" + offset.toSeconds() + "s")
                .environment("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                // Keycloak compares the times of its jars with those it noted when it built itself.
                .environment("NO_FAKE_STAT", "1");
    }

    private static String complaint() {
        String complaint = "NOT RUN: nodes whose clocks are apart. No libfaketime was found under " + LIBRARIES
                + "; on Debian: apt-get install faketime";
        System.err.println(complaint);
        return complaint;
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
