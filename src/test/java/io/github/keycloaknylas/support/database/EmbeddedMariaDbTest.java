package io.github.keycloaknylas.support.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedMariaDbTest {

    @TempDir
    private Path directory;

    @BeforeAll
    static void unpacked() {
        MariaDatabase.orSkip("The installation of MariaDB").close();
    }

    /** Its name is that of every temporary table; without a directory of its own the installation deletes it. */
    @Test
    void anInstallationLeavesTheTemporaryTablesOfOthers() throws IOException {
        Path table = Files.createTempFile(Path.of("/tmp"), "#sql-temptable-", ".MAD");
        try {
            EmbeddedMariaDb.install(directory);

            assertThat(table).exists();
            assertThat(directory.resolve("data/mysql")).isDirectory();
        } finally {
            Files.deleteIfExists(table);
        }
    }
}
