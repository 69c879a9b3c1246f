package io.github.keycloaknylas.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.ledger.GrantState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of meters has those of the code, as Prometheus names them, and no other. */
class MetersPageTest {

    private static final Path PAGE = Path.of("docs", "verify.md");
    private static final Path CODE = Path.of("src/main/java/io/github/keycloaknylas/monitoring/Meters.java");
    private static final Path OPERATIONS = Path.of("src/main/java/io/github/keycloaknylas/nylas/ApiOperation.java");
    private static final Pattern METER = Pattern.compile("\"(nylas\\.[a-z.]+)\"");
    private static final Pattern ROW = Pattern.compile("(?m)^ *\\| `(nylas_[a-z_]+?)(?:_total|_seconds)?` \\|.*");
    private static final Pattern OPERATION = Pattern.compile("(?m)^    ([A-Z_]+)\\(");

    private static Set<String> found(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String row(String meter) throws IOException {
        return ROW.matcher(Files.readString(PAGE))
                .results()
                .filter(match -> match.group(1).equals(meter))
                .findFirst()
                .orElseThrow()
                .group();
    }

    @Test
    void everyMeterHasARowAndEveryRowAMeter() throws IOException {
        Set<String> meters = found(METER, CODE).stream()
                .map(name -> name.replace('.', '_'))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(found(ROW, PAGE)).isEqualTo(meters);
    }

    @Test
    void everyStateOfAMailboxIsNamed() throws IOException {
        assertThat(MarkdownTable.code(row("nylas_mailboxes")))
                .containsAll(Arrays.stream(GrantState.values())
                        .map(state -> state.name().toLowerCase(Locale.ROOT))
                        .toList());
    }

    @Test
    void everyOperationIsNamed() throws IOException {
        assertThat(MarkdownTable.code(row("nylas_calls")))
                .containsAll(found(OPERATION, OPERATIONS).stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .toList());
    }
}
