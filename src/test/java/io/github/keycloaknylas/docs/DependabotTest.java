package io.github.keycloaknylas.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Dependabot watches what the build uses, and leaves alone what the lowest supported Keycloak decides. */
class DependabotTest {

    private static final Pattern PROVIDED = Pattern.compile(
            "<groupId>([^<]+)</groupId>\\s*<artifactId>[^<]+</artifactId>\\s*<version>[^<]+</version>\\s*<scope>provided<");

    @Test
    void everyEcosystemIsLookedAtWeeklyAndGivesOnePullRequest() throws IOException {
        assertThat(updates())
                .extracting(update -> update.get("package-ecosystem"))
                .map(Object::toString)
                .containsExactlyInAnyOrder("maven", "github-actions", "docker", "docker-compose");
        assertThat(updates()).allSatisfy(update -> {
            assertThat(update.get("schedule")).isEqualTo(Map.of("interval", "weekly"));
            assertThat(((Map<?, ?>) update.get("groups")).values())
                    .singleElement()
                    .isEqualTo(Map.of("patterns", List.of("*")));
        });
    }

    @Test
    void everyDirectoryIsThere() throws IOException {
        assertThat(updates())
                .flatExtracting(DependabotTest::directories)
                .allMatch(directory -> Files.isDirectory(Path.of("." + directory)));
    }

    @Test
    void everyPomIsLookedAt() throws IOException {
        assertThat(directories(maven()))
                .containsExactlyInAnyOrder("/", "/examples/testkit")
                .allMatch(directory -> Files.isRegularFile(Path.of("." + directory, "pom.xml")));
    }

    @Test
    void exactlyWhatKeycloakProvidesIsLeftAlone() throws IOException {
        Set<String> provided = PROVIDED.matcher(Files.readString(Path.of("pom.xml")))
                .results()
                .map(dependency -> dependency.group(1) + ":*")
                .collect(Collectors.toSet());

        assertThat(provided).isNotEmpty();
        assertThat(((Collection<?>) maven().get("ignore")).stream().map(DependabotTest::name))
                .containsExactlyInAnyOrderElementsOf(provided);
    }

    private static Map<?, ?> maven() throws IOException {
        return updates().stream()
                .filter(update -> "maven".equals(update.get("package-ecosystem")))
                .findFirst()
                .orElseThrow();
    }

    private static List<Map<?, ?>> updates() throws IOException {
        Collection<?> updates =
                (Collection<?>) YamlFile.read(Path.of(".github/dependabot.yml")).get("updates");
        return updates.stream().<Map<?, ?>>map(update -> (Map<?, ?>) update).toList();
    }

    private static List<String> directories(Map<?, ?> update) {
        Stream<?> directories = update.containsKey("directories")
                ? ((Collection<?>) update.get("directories")).stream()
                : Stream.of(update.get("directory"));
        return directories.map(Object::toString).toList();
    }

    private static String name(Object ignored) {
        return ((Map<?, ?>) ignored).get("dependency-name").toString();
    }
}
