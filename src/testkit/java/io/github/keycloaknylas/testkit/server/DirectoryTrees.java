package io.github.keycloaknylas.testkit.server;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Whole directories: copy, link, delete. */
public final class DirectoryTrees {

    private DirectoryTrees() {}

    public static void copy(Path from, Path to) throws IOException {
        copy(from, to, file -> false);
    }

    /** Links what may be shared and copies the rest, and everything where the file system has no hard links. */
    static void copy(Path from, Path to, Predicate<Path> shared) throws IOException {
        for (Path path : list(from)) {
            Path target = to.resolve(from.relativize(path).toString());
            if (Files.isDirectory(path)) {
                Files.createDirectories(target);
            } else if (!shared.test(path) || !link(path, target)) {
                Files.copy(path, target, COPY_ATTRIBUTES, REPLACE_EXISTING);
            }
        }
    }

    public static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        for (Path path :
                list(directory).stream().sorted(Comparator.reverseOrder()).toList()) {
            Files.deleteIfExists(path);
        }
    }

    private static boolean link(Path existing, Path link) {
        try {
            Files.createLink(link, existing);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.toList();
        }
    }
}
