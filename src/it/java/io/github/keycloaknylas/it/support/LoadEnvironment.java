package io.github.keycloaknylas.it.support;

import io.github.keycloaknylas.it.support.control.SynchronousMapper;
import io.github.keycloaknylas.testkit.server.BuildOutput;
import io.github.keycloaknylas.testkit.server.Database;
import io.github.keycloaknylas.testkit.server.DistributionServer;
import io.github.keycloaknylas.testkit.server.Ports;
import io.github.keycloaknylas.testkit.server.ServerOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.keycloak.broker.provider.IdentityProviderMapper;

/** A server on PostgreSQL for measurements: with the synchronous control beside the extension, and a known seal key. */
public final class LoadEnvironment {

    public static final int FASTEST = 50;
    public static final byte[] SEAL_KEY = new byte[32];
    public static final TestConnection CONNECTION = TestConnection.named("load");
    public static final TestConnection CONTROL = TestConnection.named("load-control");
    public static final OurTables TABLES;

    private static final String VAULT_ENTRY = "own-key";
    private static final Path VAULT = BuildOutput.directory("load-vault");
    private static final Database DATABASE;
    private static final Path CONTROL_JAR =
            ProviderJar.build("synchronous-control", IdentityProviderMapper.class, SynchronousMapper.class);
    private static final Ports PORTS = Ports.free();
    private static DistributionServer server;

    static {
        createVault();
        DATABASE = PostgresEnvironment.POSTGRES.create();
        TABLES = new OurTables(PostgresEnvironment.POSTGRES.look(DATABASE));
    }

    private LoadEnvironment() {}

    private static void createVault() {
        try {
            Files.createDirectories(VAULT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends with the JVM. */
    public static synchronized DistributionServer keycloak() {
        if (server == null) {
            server = DistributionServer.start(options(FASTEST));
        }
        return server;
    }

    /** The settings of a mapper whose connection is the realm's own. */
    public static Map<String, String> ownConnection(URI apiUrl) {
        return Map.of("apiUrl", apiUrl.toString(), "apiKey", "${vault." + VAULT_ENTRY + "}");
    }

    /** As the file vault of Keycloak names its files. */
    public static void putIntoVault(String realm, String apiKey) {
        try {
            Files.writeString(VAULT.resolve(realm + "_" + VAULT_ENTRY), apiKey);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** So that every login of a provider with a maximum age has something to hand over. */
    public static void everyGrantIsOld() {
        keycloak();
        TABLES.execute("create function always_old() returns trigger language plpgsql as $$ begin"
                + " new.connected_at := new.connected_at * 0; return new; end $$");
        TABLES.execute("create trigger always_old before insert or update on nylas_grant"
                + " for each row execute function always_old()");
    }

    public static ServerOptions options(int requestsPerSecond) {
        return CONNECTION
                .addTo(TestEnvironment.options("load"))
                .database(DATABASE)
                .ports(PORTS)
                .jar(CONTROL_JAR)
                .option("vault", "file")
                .option("vault-dir", VAULT.toString())
                .environment(
                        "KC_SPI_NYLAS_SEAL_KEY__DEFAULT__SECRET",
                        Base64.getEncoder().encodeToString(SEAL_KEY))
                .environment("KC_SPI_NYLAS_DELIVERY__DEFAULT__REQUESTS_PER_SECOND", Integer.toString(requestsPerSecond))
                .logLevel("INFO")
                .build();
    }
}
