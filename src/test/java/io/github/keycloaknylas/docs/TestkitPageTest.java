package io.github.keycloaknylas.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The code of docs/testkit.md is that of examples/testkit, which the build compiles and runs. */
class TestkitPageTest {

    private static final Path EXAMPLE = Path.of("examples/testkit");
    private static final Pattern BLOCK = Pattern.compile("```(java|xml)\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PART =
            Pattern.compile("<!-- begin: (\\w+) -->\\n(.*?) *<!-- end: \\1 -->", Pattern.DOTALL);

    @Test
    void theTestOfThePageIsTheOneThatRuns() throws IOException {
        assertThat(blocks("java"))
                .containsExactly(Files.readString(EXAMPLE.resolve("src/test/java/com/example/SignInTest.java")));
    }

    @Test
    void theDependenciesAndPluginsOfThePageAreThoseThatAreUsed() throws IOException {
        List<String> used = PART.matcher(Files.readString(EXAMPLE.resolve("pom.xml")))
                .results()
                .map(part -> part.group(2).stripTrailing().stripIndent() + "\n")
                .toList();

        assertThat(used).hasSize(2);
        assertThat(blocks("xml")).isEqualTo(used);
    }

    @Test
    void theExampleNamesTheVersionsOfThisBuild() throws IOException {
        String example = Files.readString(EXAMPLE.resolve("pom.xml"));

        assertThat(example)
                .contains("<keycloak-nylas.version>" + Pom.value("version") + "<")
                .contains("keycloak/keycloak:" + Pom.value("keycloak.server.version") + "<");
        assertThat(List.of(
                        "testcontainers.keycloak.version",
                        "admin.client.version",
                        "nimbus.version",
                        "jsoup.version",
                        "awaitility.version",
                        "junit.version"))
                .allSatisfy(version -> assertThat(example).contains("<version>" + Pom.value(version) + "<"));
    }

    private static List<String> blocks(String language) throws IOException {
        return BLOCK.matcher(Files.readString(Path.of("docs/testkit.md")))
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }
}
