package io.github.keycloaknylas.testkit.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Keeps what Keycloak's own build writes ({@code lib/quarkus}, some 5 MB), so that only the first server of a kind
 * spends the 20 seconds. A key that lacks an option costs only time, since Keycloak detects it and builds again.
 */
final class BuildCache {

    private final Path entry;

    BuildCache(ServerOptions options, List<Path> jars) throws IOException {
        this.entry = BuildOutput.directory("servers")
                .resolve("builds")
                .resolve(key(BuildOutput.distribution().toString(), options, jars));
    }

    boolean restore(Path quarkus) throws IOException {
        if (!Files.isDirectory(entry)) {
            return false;
        }
        DirectoryTrees.copy(entry, quarkus);
        return true;
    }

    void keep(Path quarkus) throws IOException {
        if (Files.isDirectory(entry)) {
            return;
        }
        Files.createDirectories(entry.getParent());
        Path draft = Files.createTempDirectory(entry.getParent(), "draft-");
        DirectoryTrees.copy(quarkus, draft);
        try {
            Files.move(draft, entry);
        } catch (IOException otherServerWasFirst) {
            DirectoryTrees.delete(draft);
        }
    }

    /** The same for servers that may share what Keycloak's own build writes. */
    static String key(String keycloak, ServerOptions options, List<Path> jars) throws IOException {
        MessageDigest digest = sha256();
        digest.update(keycloak.getBytes());
        digest.update(options.mode().name().getBytes());
        digest.update(CommandLine.buildArguments(options).toString().getBytes());
        for (String option : options.options().keySet()) {
            if (option.matches("vault|.*-(provider|provider-default|enabled)")) {
                digest.update((option + options.options().get(option)).getBytes());
            }
        }
        for (Path jar : jars) {
            digest.update(jar.getFileName().toString().getBytes());
            digest.update(Files.readAllBytes(jar));
        }
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
