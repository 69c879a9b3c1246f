package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.server.BuildOutput;
import io.github.keycloaknylas.testkit.server.ServerRuntime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Measured figures, for the documents to quote. */
public final class Figures {

    private static final String DIRECTORY =
            ServerRuntime.chosen() == ServerRuntime.CONTAINER ? "container-figures" : "figures";

    private Figures() {}

    /** Prints them, and keeps them in a file of the build. */
    public static void write(String name, List<String> lines) {
        lines.forEach(System.out::println);
        try {
            Path directory = Files.createDirectories(BuildOutput.directory(DIRECTORY));
            Files.write(directory.resolve(name), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
