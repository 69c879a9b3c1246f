package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.hashing.Digests;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.hibernate.Session;

/** Many copies of the row of one grant, each of a grant of its own; other columns are the original's. */
final class RowCopies {

    private RowCopies() {}

    static String grantId(int copy) {
        return "grant-of-copy-" + copy;
    }

    /**
     * @param key the primary key
     * @param original its value
     * @param changed by column, what is different in each copy besides the grant
     */
    static void insert(
            DeliveryFixture fixture,
            String table,
            String key,
            String original,
            int copies,
            Map<String, IntFunction<String>> changed) {
        Map<String, IntFunction<String>> values = new LinkedHashMap<>(changed);
        values.put("GRANT_ID", RowCopies::grantId);
        values.put(
                "GRANT_HASH",
                copy -> Digests.sha256("https://api.us.nylas.com", DeliveryFixture.APPLICATION, grantId(copy)));
        Rows.sql(
                fixture,
                em -> em.unwrap(Session.class)
                        .doWork(connection ->
                                insert(connection, table, key + " = '" + original + "'", copies, values)));
    }

    private static void insert(
            Connection connection, String table, String where, int copies, Map<String, IntFunction<String>> values)
            throws SQLException {
        List<String> columns = columns(connection, table);
        String selected = columns.stream()
                .map(column -> values.containsKey(column) ? "?" : column)
                .collect(Collectors.joining(", "));
        List<IntFunction<String>> parameters =
                columns.stream().filter(values::containsKey).map(values::get).toList();
        try (PreparedStatement insert = connection.prepareStatement("insert into " + table + " ("
                + String.join(", ", columns) + ") select " + selected + " from " + table + " where " + where)) {
            for (int copy = 0; copy < copies; copy++) {
                for (int i = 0; i < parameters.size(); i++) {
                    insert.setString(i + 1, parameters.get(i).apply(copy));
                }
                // No batch: MariaDB's driver cannot send this statement in one.
                insert.executeUpdate();
            }
        }
    }

    private static List<String> columns(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("select * from " + table + " where 1 = 0")) {
            ResultSetMetaData columns = none.getMetaData();
            List<String> names = new ArrayList<>();
            for (int i = 1; i <= columns.getColumnCount(); i++) {
                names.add(columns.getColumnName(i).toUpperCase(Locale.ROOT));
            }
            return names;
        }
    }
}
