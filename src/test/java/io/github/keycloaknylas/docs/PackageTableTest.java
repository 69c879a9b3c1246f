package io.github.keycloaknylas.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of packages in {@code docs/design.md} has every package, its own description and what it calls. */
class PackageTableTest {

    private static final String ROOT = "io.github.keycloaknylas.";
    private static final Path SOURCES = Path.of("src", "main", "java", "io", "github", "keycloaknylas");
    private static final Path PAGE = Path.of("docs", "design.md");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*\\*(.*?)\\*/\\s*package ");
    private static final Pattern INLINE_CODE = Pattern.compile("\\{@code ([^}]*)}");
    private static final Pattern SENTENCE_END = Pattern.compile("\\.( |$)");

    @Test
    void theTableHasEachPackageInTheWordsOfItsPackageInfo() throws IOException {
        assertThat(column(1)).isEqualTo(descriptions());
    }

    @Test
    void aPackageIsDescribedInOneOrTwoSentences() throws IOException {
        assertThat(descriptions().values())
                .allSatisfy(text ->
                        assertThat(SENTENCE_END.matcher(text).results().count()).isBetween(1L, 2L))
                .allSatisfy(text -> assertThat(text).endsWith("."));
    }

    @Test
    void aPackageCallsThePackagesThatTheTableNamesAndNoOther() throws IOException {
        Map<String, Set<String>> documented = new TreeMap<>();
        column(2).forEach((name, calls) -> documented.put(name, MarkdownTable.code(calls)));

        assertThat(documented).isEqualTo(calls());
    }

    private static Map<String, String> column(int index) throws IOException {
        return MarkdownTable.below(PAGE, "## Packages").stream()
                .collect(Collectors.toMap(
                        row -> String.join("", MarkdownTable.code(row.get(0))),
                        row -> row.get(index),
                        (first, second) -> first + second,
                        TreeMap::new));
    }

    private static Map<String, String> descriptions() throws IOException {
        Map<String, String> descriptions = new TreeMap<>();
        for (String name : packages()) {
            Path file = SOURCES.resolve(name).resolve("package-info.java");
            descriptions.put(name, Files.exists(file) ? markdown(Files.readString(file)) : "no package-info.java");
        }
        return descriptions;
    }

    private static List<String> packages() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(file -> SOURCES.relativize(file).getName(0).toString())
                    .distinct()
                    .toList();
        }
    }

    private static String markdown(String source) {
        String comment = COMMENT.matcher(source)
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElse("no comment")
                .replaceAll("(?m)^\\s*\\*", " ")
                .replaceAll("\\s+", " ")
                .replaceAll("</?em>", "*");
        return INLINE_CODE.matcher(comment).replaceAll("`$1`").strip();
    }

    private static Map<String, Set<String>> calls() {
        Map<String, Set<String>> calls = new TreeMap<>();
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(ROOT.substring(0, ROOT.length() - 1))) {
            Set<String> called = calls.computeIfAbsent(packageOf(type), name -> new TreeSet<>());
            type.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getName().startsWith(ROOT))
                    .map(PackageTableTest::packageOf)
                    .filter(name -> !name.equals(packageOf(type)))
                    .forEach(called::add);
        }
        return calls;
    }

    private static String packageOf(JavaClass type) {
        return type.getPackageName().substring(ROOT.length()).split("\\.")[0];
    }
}
