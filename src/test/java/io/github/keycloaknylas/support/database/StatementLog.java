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
        long begin = end();
        work.run();
        return Transaction.all(since(begin));
    }

    /** The length so far, in bytes; to be passed to {@link #since}. */
    public long end() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The log as written, parameters included, from this byte on. */
    public String since(long position) {
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(position);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
