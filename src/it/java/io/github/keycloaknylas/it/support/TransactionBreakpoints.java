package io.github.keycloaknylas.it.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * Breakpoints at which a transaction stops until the test releases it (PostgreSQL: a trigger that wants a lock which
 * the test holds). All have to be added before the first is reached: a trigger cannot be added to a table in use.
 */
public final class TransactionBreakpoints implements AutoCloseable {

    private static final int LOCK = 20_261_101;

    private final OurTables tables;
    private final Connection holder;
    private int number;

    public TransactionBreakpoints(DataSource database) {
        this.tables = new OurTables(database);
        try {
            this.holder = database.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A transaction that inserts or updates such a row stops there while the breakpoints are enabled.
     *
     * @return the number of the breakpoint
     */
    public int put(String table, String condition) {
        String name = "breakpoint_" + ++number;
        tables.execute("create function " + name + "() returns trigger language plpgsql as $$ begin if " + condition
                + " then perform pg_advisory_xact_lock_shared(" + LOCK + ", " + number
                + "); end if; return new; end $$");
        tables.execute("create trigger " + name + " before insert or update on " + table
                + " for each row execute function " + name + "()");
        return number;
    }

    public void enable() {
        hold("select pg_advisory_lock(" + LOCK + ", n) from generate_series(1, " + number + ") n");
    }

    public void release() {
        hold("select pg_advisory_unlock_all()");
        await().atMost(MicrosoftRealm.SOON)
                .untilAsserted(() -> assertThat(stopped("")).isZero());
    }

    /** Waits until at least one transaction stops there: the timer may start others after it. */
    public void awaitTransactionAt(int breakpoint) {
        await().atMost(MicrosoftRealm.SOON)
                .untilAsserted(
                        () -> assertThat(stopped(" and objid = " + breakpoint)).isPositive());
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
