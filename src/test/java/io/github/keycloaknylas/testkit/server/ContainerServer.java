package io.github.keycloaknylas.testkit.server;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import dasniko.testcontainers.keycloak.KeycloakContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Consumer;
import org.keycloak.admin.client.Keycloak;
import org.testcontainers.DockerClientFactory;

/** Keycloak's image in a container of Testcontainers. */
public final class ContainerServer implements KeycloakServer {

    private static final int PATIENCE_SECONDS = 20;

    private final DockerClient docker = DockerClientFactory.lazyClient();
    private final String id;
    private final Consumer<String> progress;
    private final AdminAccess admin = new AdminAccess();
    // Testcontainers itself takes away what still runs when the JVM ends.
    private final Thread atTheEnd = new Thread(this::keepLogIfThere, "keycloak-log");
    private ServerOptions options;
    private Volumes volumes;
    private KeycloakContainer container;
    private String earlier = "";

    private ContainerServer(ServerOptions options, Consumer<String> progress) {
        this.progress = progress;
        this.id = options.name() + "-" + UUID.randomUUID().toString().substring(0, 8);
        renew(options);
    }

    /** Returns once the server is ready. */
    public static ContainerServer start(ServerOptions options) {
        return start(options, System.out::println);
    }

    /** Tells what it is about to do, a line at a time. */
    public static ContainerServer start(ServerOptions options, Consumer<String> progress) {
        ContainerServer server = new ContainerServer(options, progress);
        Runtime.getRuntime().addShutdownHook(server.atTheEnd);
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
        boolean again = container.getContainerId() != null;
        progress.accept("starting " + this + (again ? "" : " (the first of its kind builds for about 20 s)"));
        long begin = System.nanoTime();
        if (again) {
            docker.startContainerCmd(container.getContainerId()).exec();
        } else {
            container.start();
        }
        if (!Readiness.await(managementUrl(), container::isRunning)) {
            throw new ServerFailure(Diagnosis.of(toString(), container.isRunning(), keepLog(), log()));
        }
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
    public synchronized String log() {
        return container.getContainerId() == null ? earlier : earlier + container.getLogs();
    }

    @Override
    public void stop() {
        admin.forget();
        docker.stopContainerCmd(container.getContainerId())
                .withTimeout(PATIENCE_SECONDS)
                .exec();
    }

    @Override
    public void restart(ServerOptions changed) {
        stop();
        remove();
        renew(changed);
        start();
    }

    @Override
    public void kill() {
        admin.forget();
        docker.killContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void close() {
        admin.forget();
        remove();
        volumes.removeData();
        Runtime.getRuntime().removeShutdownHook(atTheEnd);
    }

    private void renew(ServerOptions wanted) {
        options = wanted;
        volumes = Volumes.of(id, wanted, KeycloakImage.jars(wanted));
        container = KeycloakImage.container(wanted, volumes);
    }

    private synchronized void remove() {
        keepLog();
        earlier = log();
        container.stop();
    }

    private Path keepLog() {
        Path file = BuildOutput.directory("servers").resolve(id).resolve("server.log");
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keepLogIfThere() {
        try {
            keepLog();
        } catch (DockerException e) {
            // Testcontainers was faster.
        }
    }

    @Override
    public String toString() {
        return "Keycloak in a container of " + KeycloakImage.name() + " on " + baseUrl();
    }
}
