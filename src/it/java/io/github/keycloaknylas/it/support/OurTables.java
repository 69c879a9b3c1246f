package io.github.keycloaknylas.it.support;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Looks into, and spoils, the extension's tables behind Keycloak's back. */
public final class OurTables {

    private final DataSource database;

    public OurTables(DataSource database) {
        this.database = database;
    }

    public void execute(String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Many rows by one prepared statement. */
    public void insert(String sql, List<Object[]> rows) {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (Object[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    statement.setObject(i + 1, row[i]);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of every row, as text. */
    public List<String> query(String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All tables there are, Keycloak's own among them. */
    public List<String> names() {
        return query("select table_name from information_schema.tables where table_schema = 'public'");
    }

    /** Every column of every row, as text. */
    public String dump(String table) {
        return String.join("\n", query("select r::text from \"" + table + "\" as r"));
    }

    public long count(String table) {
        return Long.parseLong(query("select count(*) from " + table).get(0));
    }
}
