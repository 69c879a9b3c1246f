package io.github.keycloaknylas.support.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The SQL that a PostgreSQL has executed, in order. */
public final class StatementLog {

    private final Path file;

    StatementLog(Path file) {
        this.file = file;
    }

    /** What was executed, by anybody, while the work ran. */
    public List<Transaction> transactionsDuring(Runnable work) {
        try {
            long begin = Files.size(file);
            work.run();
            try (InputStream in = Files.newInputStream(file)) {
                in.skipNBytes(begin);
                return Transaction.all(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
