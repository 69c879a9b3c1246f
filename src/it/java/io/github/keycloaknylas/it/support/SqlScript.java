package io.github.keycloaknylas.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Runs the files of {@code docs/sql} on a database. */
public final class SqlScript {

    private static final Pattern COMMENT = Pattern.compile("^--.*$", Pattern.MULTILINE);
    private static final Pattern END = Pattern.compile(";\\s*$", Pattern.MULTILINE);

    private final OurTables database;

    public SqlScript(DataSource database) {
        this.database = new OurTables(database);
    }

    /** Each statement commits by itself, so the brackets of a transaction are left out. */
    public void run(String file) {
        END.splitAsStream(COMMENT.matcher(read(Path.of("docs", "sql", file))).replaceAll(""))
                .map(String::strip)
                .filter(statement -> !statement.isEmpty() && !statement.matches("BEGIN|COMMIT"))
                .forEach(database::execute);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
