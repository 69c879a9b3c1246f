package io.github.keycloaknylas.it.support;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Copies of one row, whatever columns its table has: those that are named differ from copy to copy, the others
 * are the original's.
 */
final class RowCopies<T> {

    private final OurTables tables;
    private final String table;
    private final String key;
    private final Map<String, Function<T, Object>> changed = new LinkedHashMap<>();

    /** @param key the column by which the original is found */
    RowCopies(OurTables tables, String table, String key) {
        this.tables = tables;
        this.table = table;
        this.key = key;
    }

    RowCopies<T> with(String column, Function<T, Object> value) {
        changed.put(column, value);
        return this;
    }

    void insert(String original, List<T> copies) {
        List<String> columns = tables.query("select lower(column_name) from information_schema.columns"
                + " where table_schema = 'public' and lower(table_name) = '" + table + "' order by ordinal_position");
        if (!columns.containsAll(changed.keySet())) {
            throw new IllegalStateException(table + " has no such columns: " + changed.keySet() + ", but " + columns);
        }
        String values = columns.stream()
                .map(column -> changed.containsKey(column) ? "?" : column)
                .collect(Collectors.joining(", "));
        String sql = "insert into " + table + " (" + String.join(", ", columns) + ") select " + values + " from "
                + table + " where " + key + " = '" + original + "'";
        List<Function<T, Object>> parameters =
                columns.stream().filter(changed::containsKey).map(changed::get).toList();
        tables.insert(
                sql,
                copies.stream()
                        .map(copy -> parameters.stream()
                                .map(parameter -> parameter.apply(copy))
                                .toArray())
                        .toList());
    }
}
