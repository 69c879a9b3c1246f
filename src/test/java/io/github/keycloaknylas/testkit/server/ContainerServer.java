package io.github.keycloaknylas.testkit.server;

import com.github.dockerjava.api.DockerClient;
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
    private final Thread lastResort = new Thread(this::end, "keycloak-end");
    private ServerOptions options;
    private KeycloakContainer container;
    private String earlier = "";

    private ContainerServer(ServerOptions options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
        this.id = options.name() + "-" + UUID.randomUUID().toString().substring(0, 8);
        this.container = KeycloakImage.container(options, id);
    }

    /** Returns once the server is ready. */
    public static ContainerServer start(ServerOptions options) {
        return start(options, System.out::println);
    }

    /** Tells what it is about to do, a line at a time. */
    public static ContainerServer start(ServerOptions options, Consumer<String> progress) {
        ContainerServer server = new ContainerServer(options, progress);
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
        boolean again = container.getContainerId() != null;
        progress.accept("starting " + this + (again ? "" : " (a new container builds for about 20 s)"));
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
        return container == null || container.getContainerId() == null ? earlier : earlier + container.getLogs();
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
        options = changed;
        container = KeycloakImage.container(changed, id);
        start();
    }

    @Override
    public void kill() {
        admin.forget();
        docker.killContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(lastResort);
    }

    private void end() {
        admin.forget();
        if (container != null) {
            keepLog();
            remove();
            docker.removeVolumeCmd(id).exec();
        }
    }

    private synchronized void remove() {
        earlier = log();
        container.stop();
        container = null;
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

    @Override
    public String toString() {
        return "Keycloak in a container of " + KeycloakImage.name() + " on " + baseUrl();
    }
}
