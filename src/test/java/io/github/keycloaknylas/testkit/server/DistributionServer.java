package io.github.keycloaknylas.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.keycloak.admin.client.Keycloak;

/** Keycloak's distribution as a child process of the test. */
public final class DistributionServer implements KeycloakServer {

    private ServerOptions options;
    private final Consumer<String> progress;
    private final ServerHome home;
    private final Thread lastResort = new Thread(this::end, "keycloak-end");
    private ServerProcess process;
    private final AdminAccess admin = new AdminAccess();

    private DistributionServer(ServerOptions options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
        this.home = ServerHome.create(options);
    }

    /** Returns once the server is ready. */
    public static DistributionServer start(ServerOptions options) {
        return start(options, System.out::println);
    }

    /** Tells what it is about to do, a line at a time. */
    public static DistributionServer start(ServerOptions options, Consumer<String> progress) {
        if (ServerRuntime.chosen() == ServerRuntime.CONTAINER) {
            throw new ServerFailure("This run is about containers, but the test starts the distribution."
                    + " Let it call KeycloakServer.start, or mark it @DistributionOnly.");
        }
        options.ports().requireFree();
        DistributionServer server = new DistributionServer(options, progress);
        Runtime.getRuntime().addShutdownHook(server.lastResort);
        try {
            server.start();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    @Override
    public void start() {
        options.ports().requireFree();
        progress.accept("starting " + this + (home.built() ? "" : " (first start builds for about 30 s)"));
        List<String> command = new ArrayList<>();
        command.add(CommandLine.script(home.keycloak()).toString());
        command.addAll(CommandLine.arguments(options));
        long begin = System.nanoTime();
        process = ServerProcess.start(command, CommandLine.environment(options), home.log());
        if (!Readiness.await(managementUrl(), process::isAlive)) {
            throw new ServerFailure(Diagnosis.of(this.toString(), process.isAlive(), home.log(), log()));
        }
        home.keepBuild();
        progress.accept("%s is ready after %.1f s".formatted(this, (System.nanoTime() - begin) / 1e9));
    }

    @Override
    public URI baseUrl() {
        return URI.create("http://localhost:" + options.ports().http());
    }

    @Override
    public URI managementUrl() {
        return URI.create("http://localhost:" + options.ports().management());
    }

    @Override
    public Keycloak admin() {
        return admin.to(baseUrl());
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
        admin.forget();
        process.terminate();
    }

    /** Its own directory, where it keeps what it writes to disk. */
    public Path home() {
        return home.keycloak();
    }

    /** {@code kc.sh export} of all realms with their users, while it is stopped; in production mode only, on its build. */
    public void export(Path directory) {
        List<String> command = new ArrayList<>(
                List.of(CommandLine.script(home.keycloak()).toString(), "export", "--optimized", "--dir=" + directory));
        command.addAll(options.database().arguments());
        ServerProcess export = ServerProcess.start(command, CommandLine.environment(options), home.log());
        if (export.exitCode() != 0) {
            throw new ServerFailure("kc.sh export failed; its output is in " + home.log());
        }
    }

    /** The process ids of the launcher and of the JVM under it. */
    public List<Long> processIds() {
        return process.ids();
    }

    @Override
    public void restart(ServerOptions changed) {
        stop();
        options = changed;
        start();
    }

    @Override
    public void kill() {
        admin.forget();
        process.kill();
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(lastResort);
    }

    private void end() {
        admin.forget();
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
