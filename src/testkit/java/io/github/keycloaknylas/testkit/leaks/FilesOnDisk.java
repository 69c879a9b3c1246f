package io.github.keycloaknylas.testkit.leaks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** All files under a directory, including the entries of archives. */
public final class FilesOnDisk {

    private final Path directory;
    private final Predicate<Path> which;

    /** @param which the files to look into */
    public FilesOnDisk(Path directory, Predicate<Path> which) {
        this.directory = directory;
        this.which = which;
    }

    /** Returns the files that contain the secret. */
    public List<String> with(Needle needle) {
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            byte[] content = bytes(file);
            if (needle.isIn(new String(content, ISO_8859_1)) || isPackedIn(content, needle)) {
                found.add(directory.relativize(file).toString());
            }
        }
        return found;
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).filter(which).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isPackedIn(byte[] content, Needle needle) {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (needle.isIn(new String(zip.readAllBytes(), ISO_8859_1))) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
