package io.github.keycloaknylas.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of terms in {@code docs/design.md} has each term once, with names that the code has. */
class TermsTableTest {

    private static final Path PAGE = Path.of("docs", "design.md");
    private static final Path SOURCES = Path.of("src", "main", "java");

    @Test
    void eachTermIsThereOnceInTheOrderOfTheAlphabet() throws IOException {
        List<String> terms = terms().stream().map(row -> row.get(0)).toList();

        assertThat(terms).isNotEmpty().doesNotHaveDuplicates().isSorted();
    }

    @Test
    void theCodeHasTheNamesOfTheTable() throws IOException {
        Set<String> classes;
        try (Stream<Path> files = Files.walk(SOURCES)) {
            classes = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }

        // The part behind a dot is a member of the class.
        assertThat(terms().stream()
                        .flatMap(row -> MarkdownTable.code(row.get(1)).stream())
                        .map(name -> name.split("\\.")[0]))
                .isNotEmpty()
                .allMatch(classes::contains);
    }

    private static List<List<String>> terms() throws IOException {
        return MarkdownTable.below(PAGE, "## Terms");
    }
}
