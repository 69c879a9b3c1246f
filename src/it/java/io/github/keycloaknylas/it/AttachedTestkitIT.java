package io.github.keycloaknylas.it;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What others get as the artifact {@code testkit}. */
class AttachedTestkitIT {

    private static final String TESTKIT = "io.github.keycloaknylas.testkit..";

    /** What the dependencies bring that docs/testkit.md tells to declare. */
    private static final String[] DOCUMENTED = {
        "org.keycloak.admin.client..",
        "org.keycloak.representations..",
        "jakarta.ws.rs..",
        "com.fasterxml.jackson..",
        "com.nimbusds..",
        "org.jsoup..",
        "org.awaitility..",
        "dasniko.testcontainers.keycloak..",
        "org.testcontainers..",
        "com.github.dockerjava.."
    };

    private final Path jar = testkit("");
    private final JavaClasses kit = classesOf(jar);

    @Test
    void itHoldsTheKitAndNoTest() {
        classes().should().resideInAPackage(TESTKIT).check(kit);
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.junit..", "org.assertj..", "org.mockito.."))
                .check(kit);
    }

    @Test
    void itNeedsNothingButWhatThePageTellsToDeclare() {
        noClasses()
                .should()
                .dependOnClassesThat(resideOutsideOfPackages("java..", "javax..", "com.sun.net.httpserver..", TESTKIT)
                        .and(resideOutsideOfPackages(DOCUMENTED)))
                .check(kit);
    }

    @Test
    void itsFilesAreThoseOfItsRootAndNoOthers() throws IOException {
        Set<String> root = filesOf(Path.of("src/testkit/java"));
        Set<String> resources = filesOf(Path.of("src/testkit/resources"));

        assertThat(names(testkit("-sources"))).isEqualTo(root);
        assertThat(names(jar)).isEqualTo(union(compiled(root), resources));
    }

    private static Path testkit(String kind) {
        return Path.of(System.getProperty("extension.jar").replaceFirst("[.]jar$", "-testkit" + kind + ".jar"));
    }

    private static JavaClasses classesOf(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return new ClassFileImporter().importJar(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without what Maven adds and without nested classes. */
    private static Set<String> names(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(ZipEntry::getName)
                    .filter(name -> !name.startsWith("META-INF/") && !name.contains("$"))
                    .collect(Collectors.toSet());
        }
    }

    private static Set<String> filesOf(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .collect(Collectors.toSet());
        }
    }

    private static Set<String> compiled(Set<String> sources) {
        return sources.stream()
                .map(name -> name.replaceFirst("[.]java$", ".class"))
                .collect(Collectors.toSet());
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        return Stream.concat(one.stream(), other.stream()).collect(Collectors.toSet());
    }
}
