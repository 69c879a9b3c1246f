package io.github.keycloaknylas.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.it.support.DistributionOnly;
import io.github.keycloaknylas.it.support.TestEnvironment;
import io.github.keycloaknylas.testkit.server.BuildOutput;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.representations.info.ServerInfoRepresentation;

/** What the other tests say of this jar, this Keycloak and this Java, they say of these and of no others. */
@Tag("main-path")
class LoadedJarIT {

    private final ServerInfoRepresentation info =
            TestEnvironment.keycloak().admin().serverInfo().getInfo();

    @ParameterizedTest
    @CsvSource({"identity-provider-mapper, nylas-grant-idp-mapper", "eventsListener, nylas-grants"})
    void theServerHasLoadedTheJarOfThisBuild(String spi, String provider) throws IOException, NoSuchAlgorithmException {
        byte[] jar = Files.readAllBytes(BuildOutput.extensionJar());
        String checksum =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jar));

        Map<String, String> loaded =
                info.getProviders().get(spi).getProviders().get(provider).getOperationalInfo();

        assertThat(loaded).containsEntry("sha256", checksum).doesNotContainEntry("version", "unknown");
    }

    @Test
    void theServerIsTheKeycloakThatWasAskedFor() {
        assertThat(info.getSystemInfo().getVersion()).isEqualTo(System.getProperty("keycloak.server.version"));
    }

    @Test
    @DistributionOnly("an image brings its own Java")
    void theServerRunsOnTheJavaThatWasAskedFor() throws IOException {
        Properties release = new Properties();
        try (Reader reader = Files.newBufferedReader(BuildOutput.serverJava().resolve("release"))) {
            release.load(reader);
        }

        assertThat(release.getProperty("JAVA_VERSION"))
                .isEqualTo('"' + info.getSystemInfo().getJavaVersion() + '"');
    }
}
