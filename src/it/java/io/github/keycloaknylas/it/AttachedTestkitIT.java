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
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
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
    void itsSourcesAreThoseOfItsClasses() throws IOException {
        assertThat(names(testkit("-sources"), ".java")).isEqualTo(names(jar, ".class"));
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

    private static Set<String> names(Path jar, String end) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(end) && !name.contains("$") && !name.contains("package-info"))
                    .map(name -> name.substring(0, name.length() - end.length()))
                    .collect(Collectors.toSet());
        }
    }
}
