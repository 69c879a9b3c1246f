package io.github.keycloaknylas.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Keycloak's distribution as a child process of the test. */
public final class DistributionServer extends LocalServer {

    private final ServerHome home;
    private final Thread lastResort = new Thread(this::end, "keycloak-end");
    private ServerProcess process;

    private DistributionServer(ServerOptions options, Consumer<String> progress) {
        super(options, progress);
        this.home = ServerHome.create(options);
    }

    /** Returns once the server is ready. */
    public static DistributionServer start(ServerOptions options) {
        return start(options, System.out::println);
    }

    /** Reports what it is about to do, one line at a time. */
    public static DistributionServer start(ServerOptions options, Consumer<String> progress) {
        if (ServerRuntime.chosen() == ServerRuntime.CONTAINER) {
            throw new ServerFailure("This run is about containers, but the test starts the distribution."
                    + " Let it call KeycloakServer.start, or mark it @DistributionOnly.");
        }
        options.ports().requireFree();
        DistributionServer server = new DistributionServer(options, progress);
        Runtime.getRuntime().addShutdownHook(server.lastResort);
        server.startOrClose();
        return server;
    }

    @Override
    public void start() {
        super.start();
        home.keepBuild();
    }

    @Override
    String remark() {
        return home.built() ? "" : " (first start builds for about 30 s)";
    }

    @Override
    void launch() {
        List<String> command = new ArrayList<>();
        command.add(CommandLine.script(home.keycloak()).toString());
        command.addAll(CommandLine.arguments(options()));
        process = ServerProcess.start(command, CommandLine.environment(options()), home.log());
    }

    @Override
    boolean isRunning() {
        return process.isAlive();
    }

    @Override
    Path logFile() {
        return home.log();
    }

    @Override
    public String log() {
        try {
            return Files.exists(home.log()) ? Files.readString(home.log()) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        forgetAdmin();
        process.terminate();
    }

    /** Its own directory, where it keeps what it writes to disk. */
    public Path home() {
        return home.keycloak();
    }

    /**
     * {@code kc.sh export} of all realms with their users, while it is stopped; in production mode only, on its build.
     */
    public void export(Path directory) {
        List<String> command = new ArrayList<>(
                List.of(CommandLine.script(home.keycloak()).toString(), "export", "--optimized", "--dir=" + directory));
        command.addAll(options().database().arguments());
        ServerProcess export = ServerProcess.start(command, CommandLine.environment(options()), home.log());
        if (export.exitCode() != 0) {
            throw new ServerFailure("kc.sh export failed; its output is in " + home.log());
        }
    }

    /** The process IDs of the launcher and of the JVM under it. */
    public List<Long> processIds() {
        return process.ids();
    }

    @Override
    public void restart(ServerOptions changed) {
        stop();
        change(changed);
        start();
    }

    @Override
    public void kill() {
        forgetAdmin();
        process.kill();
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(lastResort);
    }

    private void end() {
        forgetAdmin();
        if (process != null) {
            process.terminate();
        }
        home.delete();
    }

    @Override
    public String toString() {
        String version = BuildOutput.distribution().getFileName().toString().replaceFirst("^keycloak-", "");
        return "Keycloak " + version + " on " + baseUrl();
    }
}
