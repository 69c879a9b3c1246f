package io.github.keycloaknylas;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.github.keycloaknylas.hashing.Digests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.models.IdentityProviderModel;

/** What a package may use beyond the table of packages in {@code docs/design.md}, which has a test of its own. */
class ArchitectureTest {

    private static final String ROOT = "io.github.keycloaknylas";

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    private static final URI URI_OF_OUR_CLASSES = uriOfOurClasses();

    private static String inside(String layer) {
        return ROOT + "." + layer + "..";
    }

    @Test
    void aRequestOnlyNotifiesTheDelivery() {
        noClasses()
                .that()
                .resideInAnyPackage(inside("login"), inside("webhook"), inside("management"))
                .should()
                .dependOnClassesThat(resideInAnyPackage(inside("delivery"), inside("limits"))
                        .and(not(describe(
                                "what notifies it",
                                type -> Set.of("Delivery", "AfterCompletion", "OpenBreaker")
                                        .contains(type.getSimpleName())))))
                .check(OURS);
    }

    @Test
    void settingsKnowNothingOfNylasButItsApiKey() {
        noClasses()
                .that()
                .resideInAPackage(inside("config"))
                .should()
                .dependOnClassesThat(resideInAPackage(inside("nylas"))
                        .and(not(describe(
                                "ApiKey and ApiUrl",
                                type -> Set.of("ApiKey", "ApiUrl").contains(type.getSimpleName())))))
                .check(OURS);
    }

    @Test
    void onlyThePackageNylasUsesHttp() {
        noClasses()
                .that()
                .resideOutsideOfPackage(inside("nylas"))
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.apache.http..", "java.net.http..")
                        .and(not(describe(
                                "the client that is passed on",
                                type -> type.getSimpleName().equals("CloseableHttpClient")))))
                .check(OURS);
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.net\\.(HttpURLConnection|URLConnection|Socket|URL)")
                .check(OURS);
    }

    @Test
    void theClientThatIsPassedOnIsCalledOnlyInThePackageNylas() {
        noClasses()
                .that()
                .resideOutsideOfPackage(inside("nylas"))
                .should()
                .callMethodWhere(describe(
                        "a method of the HTTP client",
                        call -> call.getTargetOwner().getPackageName().startsWith("org.apache.http")))
                .check(OURS);
    }

    @Test
    void thePackageNylasKnowsNothingOfKeycloak() {
        noClasses()
                .that()
                .resideInAPackage(inside("nylas"))
                .should()
                .dependOnClassesThat(resideInAnyPackage("org.keycloak..", "jakarta.persistence.."))
                .check(OURS);
    }

    @Test
    void noClassOfOursIsInKeycloaksPackages() throws IOException {
        Path classes = Path.of(URI_OF_OUR_CLASSES);
        try (Stream<Path> files = Files.walk(classes)) {
            assertThat(files.filter(file -> file.toString().endsWith(".class"))
                            .map(file -> classes.relativize(file).toString().replace('\\', '/')))
                    .isNotEmpty()
                    .allMatch(name -> name.startsWith("io/github/keycloaknylas/"));
        }
    }

    private static URI uriOfOurClasses() {
        try {
            return Digests.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void gettersWhoseTypeChangedBetweenKeycloaksReleasesAreNotCalled() {
        noClasses()
                .should()
                .callMethodWhere(describe(
                        "isStoreToken or isLinkOnly",
                        call -> call.getTargetOwner().isAssignableTo(IdentityProviderModel.class)
                                && Set.of("isStoreToken", "isLinkOnly").contains(call.getName())))
                .check(OURS);
    }

    @Test
    void noOutcomeIsRecordedWithoutItsEntryInTheHistory() {
        noClasses()
                .that(not(describe("Outcomes", type -> type.getSimpleName().equals("Outcomes"))))
                .should()
                .callMethodWhere(describe(
                        "a transition that Outcomes makes",
                        call -> call.getTargetOwner().getSimpleName().equals("Transitions")
                                && Set.of("connected", "held", "refused", "outlived", "noGrantLeft", "unlinkedInFlight")
                                        .contains(call.getName())))
                .check(OURS);
    }

    @Test
    void nobodySleeps() {
        noClasses()
                .should()
                .callMethodWhere(describe("Thread.sleep", call -> call.getName().equals("sleep")))
                .check(OURS);
    }

    @Test
    void noBulkStatementIsMadeInALogin() {
        noClasses()
                .that()
                .resideInAnyPackage(inside("login"))
                .should()
                .dependOnClassesThat(resideInAPackage("jakarta.persistence.."))
                .check(OURS);
    }

    @Test
    void nobodyPrints() {
        noClasses().should().accessField(System.class, "out").check(OURS);
        noClasses().should().accessField(System.class, "err").check(OURS);
    }

    @Test
    void aClassIsPublicOnlyWhereAnotherPackageOrAServiceFileNeedsIt() {
        Set<String> services = services();
        classes()
                .that(describe(
                        "are public and top-level",
                        type -> type.getModifiers().contains(JavaModifier.PUBLIC) && type.isTopLevelClass()))
                .should(beNeededFromOutside(services))
                .check(OURS);
    }

    private static ArchCondition<JavaClass> beNeededFromOutside(Set<String> services) {
        return new ArchCondition<>("be needed by another package, a service file, Hibernate or JAX-RS") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean needed = services.contains(type.getName())
                        || isFoundByAnnotation(type)
                        || type.getDirectDependenciesToSelf().stream()
                                .anyMatch(dependency ->
                                        !layer(dependency.getOriginClass()).equals(layer(type)))
                        || isInTheSignatureOfAPublicClass(type);
                if (!needed) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " could be package-private"));
                }
            }
        };
    }

    private static boolean isFoundByAnnotation(JavaClass type) {
        return Stream.of(
                        type.getAnnotations(),
                        type.getMembers().stream()
                                .flatMap(member -> member.getAnnotations().stream())
                                .toList())
                .flatMap(Collection::stream)
                .anyMatch(annotation -> annotation.getRawType().getPackageName().startsWith("jakarta."));
    }

    // What a public method takes, gives or extends has to be as visible as the method.
    private static boolean isInTheSignatureOfAPublicClass(JavaClass type) {
        return type.getDirectDependenciesToSelf().stream()
                .filter(dependency -> dependency.getOriginClass().getModifiers().contains(JavaModifier.PUBLIC))
                .anyMatch(dependency -> dependency.getOriginClass().isAssignableTo(type.getName())
                        || dependency.getOriginClass().getMembers().stream()
                                .filter(member -> member.getModifiers().contains(JavaModifier.PUBLIC))
                                .anyMatch(member -> names(member, type))
                        || dependency.getOriginClass().isRecord());
    }

    private static boolean names(JavaMember member, JavaClass type) {
        return member.getAllInvolvedRawTypes().contains(type);
    }

    private static String layer(JavaClass type) {
        String below = type.getPackageName().substring(ROOT.length());
        return below.isEmpty() ? "" : below.substring(1).split("\\.")[0];
    }

    private static Set<String> services() {
        Set<String> names = new TreeSet<>();
        Path services = Path.of(URI_OF_OUR_CLASSES).resolve("META-INF/services");
        try (Stream<Path> files = Files.list(services)) {
            for (Path file : files.toList()) {
                names.add(file.getFileName().toString());
                Files.readAllLines(file).forEach(line -> names.add(line.trim()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }
}
