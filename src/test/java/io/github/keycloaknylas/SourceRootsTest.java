package io.github.keycloaknylas;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Keeps the source roots apart. All of them are compiled into one directory, so packages tell them apart: the published
 * test kit is the package of its root and nothing else.
 */
class SourceRootsTest {

    private static final String BASE = "io.github.keycloaknylas";
    private static final List<String> WITH_A_PACKAGE_OF_THEIR_OWN = List.of("testkit", "demo", "model", "it");
    private static final JavaClasses ALL = new ClassFileImporter().importPackages(BASE);

    /** What a root may use of this project. */
    private enum Root {
        testkit(),
        demo("testkit");

        private final String[] uses;

        Root(String... uses) {
            this.uses = uses;
        }

        private DescribedPredicate<JavaClass> mayUse() {
            return resideInAnyPackage(Stream.concat(Stream.of(uses), Stream.of(name()))
                    .map(SourceRootsTest::inside)
                    .toArray(String[]::new));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRootUsesOnlyWhatItMay(Root root) {
        noClasses()
                .that()
                .resideInAPackage(inside(root.name()))
                .should()
                .dependOnClassesThat(resideInAPackage(BASE + "..").and(DescribedPredicate.not(root.mayUse())))
                .check(ALL);
    }

    @Test
    void theExtensionUsesNoneOfTheOtherRoots() {
        noClasses()
                .that(DescribedPredicate.describe("are of src/main", SourceRootsTest::isOfTheExtension))
                .should()
                .dependOnClassesThat(resideInAnyPackage(WITH_A_PACKAGE_OF_THEIR_OWN.stream()
                        .map(SourceRootsTest::inside)
                        .toArray(String[]::new)))
                .check(ALL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"testkit", "demo", "model", "it"})
    void aRootHoldsItsPackageAndNoOtherRootDoes(String root) throws IOException {
        for (Path other : roots()) {
            boolean own = other.getFileName().toString().equals(root);
            assertThat(javaFiles(other))
                    .allSatisfy(file ->
                            assertThat(isInside(root, file)).as(file.toString()).isEqualTo(own));
        }
    }

    @Test
    void aListingOfTheIntegrationTestsShowsTestsOnly() throws IOException {
        try (Stream<Path> listing =
                Files.list(Path.of("src/it/java", BASE.split("[.]")).resolve("it"))) {
            assertThat(listing.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allMatch(file -> file.getFileName().toString().endsWith("IT.java"));
        }
    }

    private static String inside(String root) {
        return BASE + "." + root + "..";
    }

    private static boolean isInside(String root, Path javaFile) {
        return javaFile.toString().replace('\\', '/').contains("/java/" + BASE.replace('.', '/') + "/" + root + "/");
    }

    private static boolean isOfTheExtension(JavaClass type) {
        return type.getSource()
                .map(source -> !source.getUri().getPath().contains("test-classes"))
                .orElse(false);
    }

    private static List<Path> roots() throws IOException {
        try (Stream<Path> roots = Files.list(Path.of("src"))) {
            return roots.toList();
        }
    }

    private static List<Path> javaFiles(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
