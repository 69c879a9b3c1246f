package io.github.keycloaknylas.ledger;

import io.github.keycloaknylas.support.store.Engine;
import io.github.keycloaknylas.support.store.TestDatabase;
import jakarta.persistence.EntityManager;
import java.util.List;

/** Fills our tables with many rows: a hundred providers, ten lanes, every tenth row due in one way or another. */
final class LargeTables {

    static final Mailbox PROVIDER = new Mailbox("realm", "alias", "somebody");

    private final boolean postgres;
    private final String rows;
    private final String text;
    private final String lane;

    private LargeTables(Engine engine, int count) {
        postgres = engine == Engine.POSTGRESQL;
        rows = postgres
                ? " from generate_series(1, " + count + ") as n(i)"
                : " from (select seq as i from seq_1_to_" + count + ") n";
        text = postgres ? "i::text" : "cast(i as char)";
        lane = "case when mod(i, 10) = 0 then lpad("
                + (postgres ? "mod(i / 10, 10)::text" : "cast(mod(i div 10, 10) as char)") + ", 64, '0') end";
    }

    static String id(int number) {
        return "%036d".formatted(number);
    }

    static String lane(int number) {
        return "%064d".formatted(number);
    }

    /** The mailbox of this number, whose grant is stored in an application named by {@link #lane}. */
    static ConnectionGrants.Holding holding(int number) {
        return new ConnectionGrants.Holding(id(number), "%064d".formatted(number), null, null, 0, null, null, null);
    }

    static void fill(TestDatabase database, Engine engine, int count, long now) {
        LargeTables tables = new LargeTables(engine, count);
        try (EntityManager em = database.entityManager()) {
            em.getTransaction().begin();
            List.of(
                            tables.grants(),
                            tables.deletions(now),
                            tables.captures(now),
                            tables.evidence(),
                            tables.notices(now),
                            tables.history())
                    .forEach(sql -> em.createNativeQuery(sql).executeUpdate());
            em.createNativeQuery("insert into NYLAS_IDENTITY (IDENTITY_HASH, GRANT_ROW_ID) select " + tables.padded(64)
                            + ", " + tables.padded(36) + tables.rows)
                    .executeUpdate();
            em.getTransaction().commit();
            for (String table : List.of("GRANT", "IDENTITY", "DELETION", "EVIDENCE", "CAPTURE", "NOTICE", "HISTORY")) {
                tables.analyze(em, "NYLAS_" + table);
            }
        }
    }

    private String padded(int length) {
        return "lpad(" + text + ", " + length + ", '0')";
    }

    private static String everyTenth(int rest, String value) {
        return "case when mod(i, 10) = " + rest + " then " + value + " end";
    }

    private String provider() {
        return "case when mod(i, 100) = 0 then '" + PROVIDER.providerHash() + "' else lpad("
                + (postgres ? "mod(i, 100)::text" : "cast(mod(i, 100) as char)") + ", 64, '0') end";
    }

    /** Every hundredth row was written by an earlier version. */
    private String application() {
        return "case when mod(i, 100) = 0 then null else lpad("
                + (postgres ? "mod(i, 10)::text" : "cast(mod(i, 10) as char)") + ", 64, '0') end";
    }

    /** That of {@code user<i>@example.com}. */
    private String addressKey() {
        return postgres
                ? "encode(('user' || i || '@example.com')::bytea, 'hex')"
                : "lower(hex(concat('user', i, '@example.com')))";
    }

    /** Nine of ten are connected. */
    private static String state() {
        return "case when mod(i, 10) = 5 then 'RECONNECT' else 'CONNECTED' end";
    }

    private String grants() {
        return "insert into NYLAS_GRANT (ID, ROW_VERSION, KEY_HASH, ORIGIN, REALM_ID, ALIAS, SUBJECT, PROVIDER_HASH,"
                + " USER_ID, USER_HASH, GRANT_STATE, STATE_AT, HANDOVER_STATE, TOKEN_AT, LANE, PRIORITY, NEXT_AT,"
                + " ATTEMPTS, REFUSALS, GRANT_HASH, GRANT_ID, API_URL, APPLICATION_ID, CONNECTED_AT, CONNECTION_HASH,"
                + " ATTRIBUTE_DUE, ATTRIBUTE_AT, ATTRIBUTE_ATTEMPTS, LINK_GONE_AT, ADDRESS_KEY)"
                + " select "
                + padded(36) + ", 0, " + padded(64) + ", 'SIGN_IN', 'realm', 'alias', " + text + ", " + provider()
                + ", " + text + ", " + padded(64) + ", " + state() + ", 1,"
                + " case when mod(i, 10) = 0 then 'DUE' else 'NONE' end, 5000 + i, " + lane + ", mod(i, 3), "
                + everyTenth(0, "i") + ", 0, 0, " + padded(64) + ", " + text + ", 'url', 'application', i, "
                + application()
                + ", mod(i, 10) = 1, " + everyTenth(1, "i")
                + ", 0, case when mod(i, 1000) = 0 then i end, " + addressKey() + rows;
    }

    private String deletions(long now) {
        return "insert into NYLAS_DELETION (GRANT_HASH, ROW_VERSION, GRANT_ID, REASON, REALM_ID, PROVIDER_HASH,"
                + " USER_ID, CREATED_AT, DUE_AT, LANE, NEXT_AT, ATTEMPTS, DONE_AT) select " + padded(64) + ", 0, "
                + text
                + ", 'UNLINKED', 'realm', " + provider() + ", " + text + ", 1, " + now + " + i, " + lane
                + ", " + everyTenth(0, "i") + ", 0, case when mod(i, 10) <> 0 then 100 + i end" + rows;
    }

    private String captures(long now) {
        return "insert into NYLAS_CAPTURE (ID, REALM_ID, ALIAS, SUBJECT, LOGIN_HASH, SEALED_TOKEN, SEAL_KEY_ID,"
                + " CAPTURED_AT, EXPIRES_AT, COMPLETED_AT) select " + padded(36) + ", 'realm', 'alias', " + text
                + ", 'x', 'x', 'x', 1, " + now + " + i, " + everyTenth(0, "i") + rows;
    }

    private String evidence() {
        return "insert into NYLAS_EVIDENCE (ID, CREATED_AT, EVIDENCE_TYPE, REALM_ID, USER_ID) select " + padded(36)
                + ", i, 'OF_A_LATER_VERSION', 'realm', " + text + rows;
    }

    private String notices(long now) {
        return "insert into NYLAS_NOTICE (NOTICE_HASH, WEBHOOK_ID, GRANT_HASH, API_URL, APPLICATION_ID, GRANT_ID,"
                + " NOTICE_TYPE, RECEIVED_AT, NEXT_AT, ATTEMPTS) select " + padded(64) + ", 'webhook', " + padded(64)
                + ", 'url', 'application', " + text + ", 'grant.expired', " + now + " + i, "
                + everyTenth(0, now + " - i") + ", 0" + rows;
    }

    /** A hundred mailboxes with many entries each. */
    private String history() {
        return "insert into NYLAS_HISTORY (ID, REALM_ID, KEY_HASH, USER_ID, USER_HASH, EVENT_TYPE, SOURCE, HAPPENED_AT)"
                + " select " + padded(36) + ", 'realm', lpad("
                + (postgres ? "mod(i, 100)::text" : "cast(mod(i, 100) as char)") + ", 64, '0'), " + text + ", "
                + padded(64) + ", 'CONNECTED', 'sign-in', i" + rows;
    }

    private void analyze(EntityManager em, String table) {
        em.getTransaction().begin();
        if (postgres) {
            em.createNativeQuery("analyze " + table).executeUpdate();
        } else {
            em.createNativeQuery("analyze table " + table).getResultList();
        }
        em.getTransaction().commit();
    }
}
