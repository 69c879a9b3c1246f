package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.testkit.server.BuildOutput;
import io.github.keycloaknylas.testkit.server.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The vault of {@link SearchableEnvironment}, and connections whose keys and realms are configured in different ways.
 */
public final class VaultConnections {

    public static final TestConnection OWN = TestConnection.named("of-a-realm");
    public static final TestConnection ON_THE_COMMAND_LINE = TestConnection.named("on-the-command-line");
    public static final TestConnection OF_OTHERS = TestConnection.named("of-others");
    public static final TestConnection KEY_IN_VAULT = TestConnection.named("key-in-vault");
    public static final Path VAULT = BuildOutput.directory("vault");

    private VaultConnections() {}

    static ServerOptions.Builder addTo(ServerOptions.Builder options) {
        try {
            Files.createDirectories(VAULT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return OF_OTHERS
                .addTo(ON_THE_COMMAND_LINE.addTo(options))
                .option("vault", "file")
                .option("vault-dir", VAULT.toString())
                .share(VAULT)
                .spi("nylas-connection", OF_OTHERS.name(), "realms", "another-realm, and-another")
                .spi(
                        "nylas-connection",
                        KEY_IN_VAULT.name(),
                        "api-url",
                        TestEnvironment.NYLAS.uri().toString())
                // Escaped: Keycloak's configuration expands ${...} itself, and finds nothing there.
                .environment("KC_SPI_NYLAS_CONNECTION__KEY_IN_VAULT__API_KEY", "$${vault.servers-key}");
    }
}
