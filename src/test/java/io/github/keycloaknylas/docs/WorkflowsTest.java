package io.github.keycloaknylas.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The workflows run what the POM builds for and what the README claims. */
class WorkflowsTest {

    private static final Path WORKFLOWS = Path.of(".github/workflows");
    private static final Pattern VERSION = Pattern.compile("\\b26\\.\\d+\\.\\d+\\b");

    @Test
    void theMatrixBeginsAtTheLowestKeycloakAndEndsAtTheOneThatTheBuildRuns() throws IOException {
        List<String> matrix = matrix("keycloak");

        assertThat(matrix).startsWith(Pom.value("keycloak.version")).endsWith(Pom.value("keycloak.server.version"));
    }

    @Test
    void whatTheReadmeSaysWasRunIsRunByTheMatrix() throws IOException {
        String compatibility = section(Files.readString(Path.of("README.md")), "## Compatibility");

        assertThat(versions(compatibility)).isNotEmpty().isSubsetOf(matrix("keycloak"));
    }

    @Test
    void theLowestJavaOfTheMatrixIsTheOneThatTheJarIsCompiledFor() throws IOException {
        assertThat(matrix("java")).startsWith(Pom.value("maven.compiler.release"));
    }

    @Test
    void aReleaseIsCompiledByTheLowestJdkAndHasPassedAllTests() throws IOException {
        Map<?, ?> release = child(load("release.yml"), "jobs", "release");

        assertThat(child(load("release.yml"), "jobs", "tests").get("uses")).isEqualTo("./.github/workflows/build.yml");
        assertThat(release.get("needs")).isEqualTo("tests");
        assertThat(steps(release).filter(step -> uses(step).startsWith("actions/setup-java")))
                .singleElement()
                .satisfies(step -> assertThat(child(step, "with").get("java-version"))
                        .isEqualTo(Pom.value("maven.compiler.release")));
    }

    @Test
    void codeIsScannedOnPushesToMainOnPullRequestsAndWeekly() throws IOException {
        Map<?, ?> workflow = load("codeql.yml");
        Map<?, ?> job = child(workflow, "jobs", "java");

        // YAML 1.1 reads the key "on" as true.
        assertThat(((Map<?, ?>) workflow.get(true)).keySet().stream().map(Object::toString))
                .containsExactlyInAnyOrder("push", "pull_request", "schedule");
        assertThat(job.get("permissions")).isEqualTo(Map.of("contents", "read", "security-events", "write"));
        assertThat(steps(job).map(WorkflowsTest::uses).filter(action -> action.startsWith("github/codeql-action/")))
                .extracting(action -> action.replaceAll(".*/|@.*", ""))
                .containsExactly("init", "analyze");
    }

    @ParameterizedTest
    @MethodSource("workflows")
    void aWorkflowMayOnlyReadUnlessAJobAsksForMoreAndItsActionsAreOfAMajorVersion(String file) throws IOException {
        Map<?, ?> workflow = load(file);

        assertThat(workflow.get("permissions")).isEqualTo(Map.of("contents", "read"));
        assertThat(child(workflow, "jobs").values().stream()
                        .flatMap(job -> steps((Map<?, ?>) job))
                        .map(WorkflowsTest::uses)
                        .filter(action -> !action.isEmpty()))
                .isNotEmpty()
                .allMatch(action -> action.matches("(actions|github/codeql-action)/[a-z-]+@v\\d+"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"build.yml", "release.yml"})
    void aScriptThatAWorkflowRunsIsThere(String file) throws IOException {
        assertThat(Pattern.compile("run: (\\.ci/\\S+)")
                        .matcher(Files.readString(workflow(file)))
                        .results()
                        .map(script -> Path.of(script.group(1))))
                .isNotEmpty()
                .allMatch(Files::isExecutable);
    }

    private static List<String> workflows() throws IOException {
        try (Stream<Path> files = Files.list(WORKFLOWS)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static List<String> matrix(String name) throws IOException {
        Object values = child(load("build.yml"), "jobs", "versions", "strategy", "matrix")
                .get(name);
        return ((Collection<?>) values).stream().map(Object::toString).toList();
    }

    private static Stream<Map<?, ?>> steps(Map<?, ?> job) {
        Collection<?> steps = job.containsKey("steps") ? (Collection<?>) job.get("steps") : List.of();
        return steps.stream().map(step -> (Map<?, ?>) step);
    }

    private static String uses(Map<?, ?> step) {
        return step.containsKey("uses") ? step.get("uses").toString() : "";
    }

    private static Map<?, ?> load(String file) throws IOException {
        return YamlFile.read(workflow(file));
    }

    private static Path workflow(String file) {
        return WORKFLOWS.resolve(file);
    }

    private static Map<?, ?> child(Map<?, ?> parent, String... path) {
        Map<?, ?> child = parent;
        for (String name : path) {
            child = (Map<?, ?>) child.get(name);
        }
        return child;
    }

    private static String section(String page, String heading) {
        String rest = page.substring(page.indexOf(heading) + heading.length());
        return rest.contains("\n## ") ? rest.substring(0, rest.indexOf("\n## ")) : rest;
    }

    private static Set<String> versions(String text) {
        return VERSION.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }
}
