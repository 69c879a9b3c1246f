package io.github.keycloaknylas.testkit.server;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A Keycloak directory of a server's own, with its providers, data and log. The distribution's jars are shared by hard
 * links; {@code lib/quarkus} is a copy, because Keycloak rewrites it.
 */
final class ServerHome {

    /** Keycloak compares the times of provider jars with those of its build; one time for all keeps builds reusable. */
    private static final FileTime JAR_TIME = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    private final Path directory;
    private final BuildCache cache;
    private boolean built;

    private ServerHome(Path directory, BuildCache cache, boolean built) {
        this.directory = directory;
        this.cache = cache;
        this.built = built;
    }

    static ServerHome create(ServerOptions options) {
        try {
            List<Path> jars = new ArrayList<>(options.extraJars());
            jars.add(options.extension());
            Path servers = Files.createDirectories(BuildOutput.directory("servers"));
            Path directory = Files.createTempDirectory(servers, options.name() + "-");
            Path home = directory.resolve("keycloak");
            Path distribution = BuildOutput.distribution();
            DirectoryTrees.copy(distribution, home, file -> file.startsWith(distribution.resolve("lib/lib")));
            for (Path jar : jars) {
                Path copy = home.resolve("providers").resolve(jar.getFileName());
                Files.copy(jar, copy, REPLACE_EXISTING);
                Files.setLastModifiedTime(copy, JAR_TIME);
            }
            BuildCache cache = new BuildCache(options, jars);
            return new ServerHome(directory, cache, cache.restore(quarkus(home)));
        } catch (IOException e) {
            throw new UncheckedIOException("A directory for Keycloak could not be made: " + e.getMessage(), e);
        }
    }

    Path keycloak() {
        return directory.resolve("keycloak");
    }

    Path log() {
        return directory.resolve("server.log");
    }

    boolean built() {
        return built;
    }

    /** To be called when the server runs: its build works. */
    void keepBuild() {
        try {
            cache.keep(quarkus(keycloak()));
            built = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void delete() {
        try {
            DirectoryTrees.delete(keycloak());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path quarkus(Path keycloak) {
        return keycloak.resolve("lib/quarkus");
    }
}
