package io.github.keycloaknylas.testkit.server;

import java.nio.file.Files;
import java.nio.file.Path;

/** The output of the Maven build, and where it is stored. */
public final class BuildOutput {

    private BuildOutput() {}

    /** The unpacked distribution, which must not be changed. */
    static Path distribution() {
        return existing("keycloak.home");
    }

    public static Path extensionJar() {
        return existing("extension.jar");
    }

    /** The Java that servers run on: that of the tests, unless the build names another. */
    public static Path serverJava() {
        return System.getProperty("server.java.home") == null
                ? Path.of(System.getProperty("java.home"))
                : existing("server.java.home");
    }

    /** A directory of the build for files that tests make. */
    public static Path directory(String name) {
        return Path.of(System.getProperty("build.directory", "target"), name).toAbsolutePath();
    }

    private static Path existing(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new ServerFailure("The system property " + property
                    + " is not set. Run the test through Maven (mvn verify), or set it in the IDE's run"
                    + " configuration.");
        }
        Path path = Path.of(value).toAbsolutePath();
        if (!Files.exists(path)) {
            throw new ServerFailure(path + ", named by the system property " + property
                    + ", does not exist. Run 'mvn package -DskipTests' once; it makes it.");
        }
        return path;
    }
}
