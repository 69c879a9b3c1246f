package io.github.keycloaknylas.it.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Places in the tables at which a transaction stops, until the roads are open again (PostgreSQL: a trigger that wants a
 * lock which the test holds). All have to be put before the first is met: a trigger cannot be added to a table in use.
 */
public final class Roadblocks implements AutoCloseable {

    private static final int LOCK = 20_261_101;

    private final OurTables tables;
    private final Connection holder;
    private int number;

    public Roadblocks(DataSource database) {
        this.tables = new OurTables(database);
        try {
            this.holder = database.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Whoever inserts or updates such a row stops there while the roads are closed.
     *
     * @return the number of the roadblock
     */
    public int put(String table, String condition) {
        String name = "roadblock_" + ++number;
        tables.execute("create function " + name + "() returns trigger language plpgsql as $$ begin if " + condition
                + " then perform pg_advisory_xact_lock_shared(" + LOCK + ", " + number
                + "); end if; return new; end $$");
        tables.execute("create trigger " + name + " before insert or update on " + table
                + " for each row execute function " + name + "()");
        return number;
    }

    public void closeRoads() {
        hold("select pg_advisory_lock(" + LOCK + ", n) from generate_series(1, " + number + ") n");
    }

    public void openRoads() {
        hold("select pg_advisory_unlock_all()");
        await().atMost(MicrosoftRealm.SOON)
                .untilAsserted(() -> assertThat(stopped("")).isZero());
    }

    /** Until at least one transaction stands there: the timer may send others after it. */
    public void awaitSomebodyAt(int roadblock) {
        await().atMost(MicrosoftRealm.SOON)
                .untilAsserted(
                        () -> assertThat(stopped(" and objid = " + roadblock)).isPositive());
    }

    private long stopped(String where) {
        return tables.count("pg_locks where locktype = 'advisory' and not granted and classid = " + LOCK
                + " and database = (select oid from pg_database where datname = current_database())" + where);
    }

    private void hold(String sql) {
        try (Statement statement = holder.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            holder.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
