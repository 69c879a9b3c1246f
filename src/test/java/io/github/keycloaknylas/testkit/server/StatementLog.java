package io.github.keycloaknylas.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The SQL that a PostgreSQL has executed, in order. */
public final class StatementLog {

    /** PostgreSQL indents the further lines of an entry with a tab. */
    private static final Pattern STATEMENT = Pattern.compile(
            "^\\S+ \\S+ \\S+ \\[\\d+] LOG: {2}(?:statement|execute [^:]*): (.*(?:\n\t.*)*)", Pattern.MULTILINE);

    private final Path file;

    StatementLog(Path file) {
        this.file = file;
    }

    /** What was executed, by anybody, while the work ran. */
    public List<String> during(Runnable work) {
        return statements(written(work));
    }

    /** The same, by transaction. */
    public List<Transaction> transactionsDuring(Runnable work) {
        return Transaction.all(written(work));
    }

    private String written(Runnable work) {
        int begin = bytes().length;
        work.run();
        byte[] all = bytes();
        return new String(Arrays.copyOfRange(all, begin, all.length), StandardCharsets.UTF_8);
    }

    static List<String> statements(String log) {
        return STATEMENT
                .matcher(log)
                .results()
                .map(result -> result.group(1).replace("\n\t", "\n"))
                .toList();
    }

    private byte[] bytes() {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
