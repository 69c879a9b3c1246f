package io.github.keycloaknylas.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The container tests run on the images of the POM, of docker/compose.yaml and of the Dockerfiles. */
class ImagesTest {

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is one for bash")
    void theScriptProvidesWhatTheTestsAskFor() throws IOException {
        assertThat(provided())
                .containsExactly(
                        Pom.value("keycloak.image"),
                        first("docker/compose.yaml", "image: (postgres:.+)"),
                        first("docker/fakes.Dockerfile", "ARG JRE_IMAGE=(.+)"));
    }

    @Test
    void theDockerfileBuildsOnTheKeycloakThatIsTested() throws IOException {
        assertThat(first("docker/Dockerfile", "ARG KEYCLOAK_IMAGE=(.+)")).isEqualTo(Pom.value("keycloak.image"));
    }

    private static List<String> provided() throws IOException {
        Process script = new ProcessBuilder("bash", ".ci/images", "names")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new String(script.getInputStream().readAllBytes(), UTF_8).lines().toList();
    }

    private static String first(String file, String pattern) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(Path.of(file)))
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
    }
}
