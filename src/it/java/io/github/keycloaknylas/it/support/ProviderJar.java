package io.github.keycloaknylas.it.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.keycloaknylas.testkit.server.BuildOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Packs a class of the tests as a provider jar of its own, beside the extension's. */
public final class ProviderJar {

    private ProviderJar() {}

    /**
     * @param name of the jar, without its ending
     * @param service that the class is found by
     * @param implementation a class without nested ones
     */
    public static <T> Path build(String name, Class<T> service, Class<? extends T> implementation) {
        try {
            Path jar = Files.createDirectories(BuildOutput.directory("provider-jars"))
                    .resolve(name + ".jar");
            String type = implementation.getName();
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                    InputStream code = implementation.getResourceAsStream(implementation.getSimpleName() + ".class")) {
                add(out, type.replace('.', '/') + ".class", code.readAllBytes());
                add(out, "META-INF/services/" + service.getName(), (type + "\n").getBytes(UTF_8));
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
