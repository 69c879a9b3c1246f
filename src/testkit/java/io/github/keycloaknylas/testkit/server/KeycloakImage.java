package io.github.keycloaknylas.testkit.server;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import dasniko.testcontainers.keycloak.KeycloakContainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.testcontainers.images.PullPolicy;
import org.testcontainers.utility.MountableFile;

/**
 * Converts {@link ServerOptions} to a container of Testcontainers. The container shares the network of its host, so
 * that {@code localhost} means the same to the server, the fakes, PostgreSQL and the test.
 */
final class KeycloakImage {

    /**
     * What the distribution's own script gives it; a share of the machine's memory would differ from one to the next.
     */
    private static final String HEAP = "-Xms64m -Xmx512m";

    private KeycloakImage() {}

    static String name() {
        String name = System.getProperty("keycloak.image");
        if (name == null) {
            throw new ServerFailure("The system property keycloak.image is not set. Run the test through Maven"
                    + " (mvn verify), or set it in the IDE's run configuration.");
        }
        return name;
    }

    /** A container that is not started yet, of a server with this name. */
    static KeycloakContainer container(ServerOptions options, Volumes volumes) {
        KeycloakContainer container = new KeycloakContainer(name())
                // Testcontainers-keycloak pulls what is older than a day, also what was built on this machine.
                .withImagePullPolicy(PullPolicy.defaultPolicy())
                .withProviderLibsFrom(jars(options).stream().map(Path::toFile).toList())
                .withNetworkMode("host")
                .withEnv(CommandLine.environment(options))
                .withEnv("JAVA_OPTS_APPEND", HEAP + " " + CommandLine.javaOptions(options))
                .withCreateContainerCmdModifier(command -> mount(command.getHostConfig(), volumes, options.shared()))
                .withStartupCheckStrategy(new NoStartupCheck())
                .waitingFor(new NoStartupCheck.Readiness());
        container.setExposedPorts(List.of());
        if (options.mode() == Mode.PRODUCTION) {
            container.withProductionMode();
        }
        List<String> arguments = CommandLine.arguments(options);
        arguments.subList(1, arguments.size()).forEach(container::withCustomCommand);
        for (Path file : options.truststore()) {
            String path = file.toAbsolutePath().toString();
            container.withCopyFileToContainer(MountableFile.forHostPath(path, 0644), path);
        }
        return container;
    }

    static List<Path> jars(ServerOptions options) {
        List<Path> jars = new ArrayList<>(options.extraJars());
        jars.add(options.extension());
        return jars;
    }

    // Testcontainers' own way pulls an image first, to see whether the engine can mount at all.
    private static void mount(HostConfig host, Volumes volumes, List<Path> shared) {
        List<Bind> binds = new ArrayList<>(volumes.create());
        shared.forEach(path -> binds.add(new Bind(path.toString(), new Volume(path.toString()), AccessMode.ro)));
        if (host.getBinds() != null) {
            binds.addAll(List.of(host.getBinds()));
        }
        host.withBinds(binds);
    }
}
