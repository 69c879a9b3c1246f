package io.github.keycloaknylas.support.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The SQL that a PostgreSQL has executed in one database, in order. */
public final class StatementLog {

    /** Time, process and database; without a blank, since the value passes through a shell. */
    static final String PREFIX = "%m,%p,%d,";

    private final Path file;
    private final String database;

    StatementLog(Path file, String database) {
        this.file = file;
        this.database = database;
    }

    /** What was executed, by anybody, while the work ran. */
    public List<Transaction> transactionsDuring(Runnable work) {
        long begin = end();
        work.run();
        return transactionsSince(begin);
    }

    /** What was executed, by anybody, from this byte of the log on. */
    public List<Transaction> transactionsSince(long position) {
        return Transaction.all(since(position), database);
    }

    /** The length of the log so far, in bytes. */
    public long end() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The log of all databases as written, parameters included, from this byte on. */
    public String since(long position) {
        try (InputStream in = Files.newInputStream(file)) {
            in.skipNBytes(position);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
