package io.github.keycloaknylas.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.keycloaknylas.testkit.server.BuildOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The SQL in {@code docs/sql} is that of the changelog. */
class DocumentedSqlTest {

    private static final Path DOCS = Path.of("docs", "sql");
    private static final Pattern HEADER = Pattern.compile("\\A(--.*\n)+\n");
    private static final Pattern CREATED = Pattern.compile("^CREATE TABLE (\\w+)", Pattern.MULTILINE);
    private static final Pattern DROPPED = Pattern.compile("^DROP TABLE (\\w+);", Pattern.MULTILINE);

    @ParameterizedTest
    @EnumSource
    void aFileHoldsWhatLiquibaseMakesOfTheChangelog(DocumentedSql sql, @TempDir Path scratch) throws IOException {
        String expected = sql.statements(scratch);
        Path made = Files.createDirectories(BuildOutput.directory("sql")).resolve(sql.file());
        Files.writeString(made, expected);

        String documented =
                HEADER.matcher(Files.readString(DOCS.resolve(sql.file()))).replaceFirst("");

        assertThat(documented)
                .as("docs/sql/%s, below its header; what it has to hold lies in %s", sql.file(), made)
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void allThatIsCreatedIsRemoved(DocumentedSql sql) throws IOException {
        String removal = Files.readString(DOCS.resolve(sql.file().replace(".sql", "-remove.sql")));

        assertThat(names(DROPPED, removal))
                .containsExactlyInAnyOrderElementsOf(names(CREATED, Files.readString(DOCS.resolve(sql.file()))));
    }

    private static List<String> names(Pattern statement, String sql) {
        return statement.matcher(sql).results().map(found -> found.group(1)).toList();
    }
}
