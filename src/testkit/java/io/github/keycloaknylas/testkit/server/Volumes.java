package io.github.keycloaknylas.testkit.server;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;

/**
 * What outlives a container: a server's data, and what Keycloak's own build wrote, which all servers of a kind share so
 * that only the first one spends the time. Testcontainers removes what is left when the JVM ends.
 */
record Volumes(String data, String build) {

    static Volumes of(String server, ServerOptions options, List<Path> jars) {
        try {
            String kind = BuildCache.key(KeycloakImage.name(), options, jars);
            return new Volumes(
                    "keycloak-data-" + server, "keycloak-build-" + DockerClientFactory.SESSION_ID + "-" + kind);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Made if they are not there; Docker fills a new one with what the image has in its place. */
    List<Bind> create() {
        return List.of(
                create(data, new Volume("/opt/keycloak/data")), create(build, new Volume("/opt/keycloak/lib/quarkus")));
    }

    void removeData() {
        try {
            docker().removeVolumeCmd(data).exec();
        } catch (NotFoundException e) {
            // The container was never made.
        }
    }

    private static Bind create(String name, Volume place) {
        Map<String, String> labels = new HashMap<>(DockerClientFactory.DEFAULT_LABELS);
        labels.put(DockerClientFactory.TESTCONTAINERS_SESSION_ID_LABEL, DockerClientFactory.SESSION_ID);
        docker().createVolumeCmd().withName(name).withLabels(labels).exec();
        return new Bind(name, place);
    }

    private static DockerClient docker() {
        return DockerClientFactory.lazyClient();
    }
}
