package io.github.keycloaknylas.it.support.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.keycloaknylas.testkit.server.BuildOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Packs the {@link SynchronousMapper} as a provider jar of its own. */
public final class ControlJar {

    private ControlJar() {}

    public static Path build() {
        try {
            Path directory = Files.createDirectories(BuildOutput.directory("control"));
            Path jar = directory.resolve("synchronous-control.jar");
            String type = SynchronousMapper.class.getName();
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                    InputStream code = SynchronousMapper.class.getResourceAsStream("SynchronousMapper.class")) {
                add(out, type.replace('.', '/') + ".class", code.readAllBytes());
                add(
                        out,
                        "META-INF/services/org.keycloak.broker.provider.IdentityProviderMapper",
                        (type + "\n").getBytes(UTF_8));
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    // One time for all: the same classes make the same jar, and Keycloak's build of it can be kept.
    private static void add(JarOutputStream out, String name, byte[] content) throws IOException {
        JarEntry entry = new JarEntry(name);
        entry.setTime(0);
        out.putNextEntry(entry);
        out.write(content);
        out.closeEntry();
    }
}
