package io.github.keycloaknylas.ledger;

import io.github.keycloaknylas.support.store.Engine;
import jakarta.persistence.EntityManager;

/** How much a database has scanned so far, as it counts itself. */
enum ScanCount {
    /** Sequential scans of our tables. */
    POSTGRESQL(0, "select coalesce(sum(seq_scan), 0) from pg_stat_xact_user_tables where relname like 'nylas_%'"),
    /** Rows read one after the other, without an index. Its own status table has some hundred. */
    MARIADB(
            2_000,
            "select variable_value from information_schema.session_status where variable_name ="
                    + " 'HANDLER_READ_RND_NEXT'");

    private final long allowed;
    private final String sql;

    ScanCount(long allowed, String sql) {
        this.allowed = allowed;
        this.sql = sql;
    }

    static ScanCount of(Engine engine) {
        return valueOf(engine.name());
    }

    long allowed() {
        return allowed;
    }

    long read(EntityManager em) {
        return Long.parseLong(
                String.valueOf(em.createNativeQuery(sql).getSingleResult()).replaceFirst("\\..*", ""));
    }
}
