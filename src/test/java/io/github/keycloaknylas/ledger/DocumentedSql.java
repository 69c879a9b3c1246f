package io.github.keycloaknylas.ledger;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import liquibase.Liquibase;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.resource.ClassLoaderResourceAccessor;

/**
 * What Liquibase, with Keycloak's own column types, makes of our changelog for a database without being connected to
 * one. Nothing in it depends on when or where it was made.
 */
enum DocumentedSql {
    POSTGRESQL("postgresql?version=16.10", true),
    MARIADB("mariadb?version=11.4", false);

    /** The changelog table, as Keycloak calls it: see {@link LedgerEntityProviderFactory}. */
    private static final String BOOK = "DATABASECHANGELOG_NYLAS_GRAN";

    private static final Pattern DEPLOYMENT = Pattern.compile("'\\d+'\\);$");

    private final String dialect;
    private final boolean transactional;

    DocumentedSql(String dialect, boolean transactional) {
        this.dialect = dialect;
        this.transactional = transactional;
    }

    String file() {
        return name().toLowerCase(Locale.ROOT) + ".sql";
    }

    /** Without comments. */
    String statements(Path scratch) {
        String sql = Arrays.stream(liquibase(scratch).split("\n"))
                .filter(line -> !line.isBlank() && !line.startsWith("--"))
                .map(DocumentedSql::readable)
                .collect(Collectors.joining("\n\n"));
        return transactional ? "BEGIN;\n\n" + sql + "\n\nCOMMIT;\n" : sql + "\n";
    }

    private String liquibase(Path scratch) {
        StringWriter sql = new StringWriter();
        ClassLoaderResourceAccessor resources = new ClassLoaderResourceAccessor();
        String url = "offline:" + dialect + "&outputLiquibaseSql=all&changeLogFile=" + scratch.resolve("log.csv");
        try {
            Database database = DatabaseFactory.getInstance().openDatabase(url, null, null, null, resources);
            database.setDatabaseChangeLogTableName(BOOK);
            try (Liquibase liquibase = new Liquibase(LedgerEntityProviderFactory.CHANGELOG, resources, database)) {
                liquibase.update("", sql);
            }
            return sql.toString();
        } catch (Exception e) {
            throw new IllegalStateException("Liquibase could not write the statements for " + this, e);
        }
    }

    // Offline, Liquibase writes the name of the changelog table in lower case; to MariaDB that would be another table.
    private static String readable(String statement) {
        String named = DEPLOYMENT
                .matcher(statement.replace(BOOK.toLowerCase(Locale.ROOT), BOOK))
                .replaceFirst("NULL);");
        if (named.startsWith("CREATE TABLE")) {
            return named.replaceFirst(" \\(", " (\n    ")
                    .replace(", ", ",\n    ")
                    .replaceFirst("\\);$", "\n);");
        }
        return named.replaceFirst(" \\(ID, ", "\n    (ID, ").replaceFirst(" VALUES \\(", "\nVALUES\n    (");
    }
}
