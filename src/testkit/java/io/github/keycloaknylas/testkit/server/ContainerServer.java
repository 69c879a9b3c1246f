package io.github.keycloaknylas.testkit.server;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import dasniko.testcontainers.keycloak.KeycloakContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Consumer;
import org.testcontainers.DockerClientFactory;

/** Keycloak's image in a container of Testcontainers. */
public final class ContainerServer extends LocalServer {

    private static final int PATIENCE_SECONDS = 20;

    private final DockerClient docker = DockerClientFactory.lazyClient();
    private final String id;
    // Testcontainers removes what still runs when the JVM ends.
    private final Thread atTheEnd = new Thread(this::keepLogIfThere, "keycloak-log");
    private Volumes volumes;
    private KeycloakContainer container;
    private String earlier = "";

    private ContainerServer(ServerOptions options, Consumer<String> progress) {
        super(options, progress);
        this.id = options.name() + "-" + UUID.randomUUID().toString().substring(0, 8);
        renew(options);
    }

    /** Returns once the server is ready. */
    public static ContainerServer start(ServerOptions options) {
        return start(options, System.out::println);
    }

    /** Reports what it is about to do, one line at a time. */
    public static ContainerServer start(ServerOptions options, Consumer<String> progress) {
        ContainerServer server = new ContainerServer(options, progress);
        Runtime.getRuntime().addShutdownHook(server.atTheEnd);
        server.startOrClose();
        return server;
    }

    @Override
    String remark() {
        return startedBefore() ? "" : " (the first of its kind builds for about 20 s)";
    }

    @Override
    void launch() {
        if (startedBefore()) {
            docker.startContainerCmd(container.getContainerId()).exec();
        } else {
            container.start();
        }
    }

    @Override
    boolean isRunning() {
        return container.isRunning();
    }

    @Override
    Path logFile() {
        return keepLog();
    }

    private boolean startedBefore() {
        return container.getContainerId() != null;
    }

    @Override
    public synchronized String log() {
        return startedBefore() ? earlier + container.getLogs() : earlier;
    }

    @Override
    public void stop() {
        forgetAdmin();
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
        forgetAdmin();
        docker.killContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void close() {
        forgetAdmin();
        remove();
        volumes.removeData();
        Runtime.getRuntime().removeShutdownHook(atTheEnd);
    }

    private void renew(ServerOptions wanted) {
        change(wanted);
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
