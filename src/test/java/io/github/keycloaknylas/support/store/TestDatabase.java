package io.github.keycloaknylas.support.store;

import io.github.keycloaknylas.backfill.BackfillEntity;
import io.github.keycloaknylas.capture.CaptureEntity;
import io.github.keycloaknylas.ledger.ConnectionEntity;
import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.EvidenceEntity;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.HistoryEntity;
import io.github.keycloaknylas.ledger.HoldEntity;
import io.github.keycloaknylas.ledger.IdentityEntity;
import io.github.keycloaknylas.ledger.NodeEntity;
import io.github.keycloaknylas.ledger.NoticeEntity;
import io.github.keycloaknylas.ledger.WebhookEntity;
import io.github.keycloaknylas.support.database.DatabaseServer;
import io.github.keycloaknylas.support.database.MariaDatabase;
import io.github.keycloaknylas.support.database.PostgresDatabase;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.h2.jdbcx.JdbcDataSource;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.hibernate.stat.Statistics;

/**
 * Our tables on a real database, made by our own changelog, and beside them those of Keycloak that we read. One per
 * engine and test run; tests begin with ours empty.
 */
public final class TestDatabase {

    private static final Pattern TABLE = Pattern.compile("NYLAS_[A-Z]+");
    private static final Logger HIBERNATE = Logger.getLogger("org.hibernate");

    static {
        // Without a configuration all levels are on, and writing the messages takes a good part of a test's time.
        HIBERNATE.setLevel(Level.WARNING);
    }

    private static final Map<Engine, TestDatabase> OPEN = new EnumMap<>(Engine.class);

    private static final List<String> ENTITIES = List.of(
            "CaptureEntity",
            "GrantEntity",
            "IdentityEntity",
            "HoldEntity",
            "DeletionEntity",
            "EvidenceEntity",
            "ConnectionEntity",
            "WebhookEntity",
            "NoticeEntity",
            "HistoryEntity",
            "NodeEntity",
            "BackfillEntity");

    private final EntityManagerFactory factory;
    private final Queue<EntityManager> lent = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicLong> writes = new ConcurrentHashMap<>();
    private final List<String> statements = new CopyOnWriteArrayList<>();
    private volatile boolean recording;

    private TestDatabase(DataSource source) {
        migrate(source);
        addKeycloak(source);
        factory = new HibernatePersistenceConfiguration("nylas-store")
                .managedClasses(
                        GrantEntity.class,
                        CaptureEntity.class,
                        IdentityEntity.class,
                        HoldEntity.class,
                        DeletionEntity.class,
                        EvidenceEntity.class,
                        ConnectionEntity.class,
                        WebhookEntity.class,
                        NoticeEntity.class,
                        HistoryEntity.class,
                        NodeEntity.class,
                        BackfillEntity.class)
                .managedClasses(KeycloakTables.entities())
                .property(JdbcSettings.CONNECTION_PROVIDER, new PooledConnections(source))
                .property(JdbcSettings.CONNECTION_PROVIDER_DISABLES_AUTOCOMMIT, true)
                .property(JdbcSettings.STATEMENT_INSPECTOR, (StatementInspector) this::counted)
                .createEntityManagerFactory();
    }

    public static synchronized TestDatabase empty(Engine engine) {
        TestDatabase database = OPEN.computeIfAbsent(engine, missing -> new TestDatabase(start(missing)));
        database.endWhatTestsLeft();
        try (EntityManager em = database.entityManager()) {
            em.getTransaction().begin();
            for (String entity : ENTITIES) {
                em.createQuery("delete from " + entity).executeUpdate();
            }
            em.getTransaction().commit();
        }
        return database;
    }

    /** As it is now. */
    public static synchronized TestDatabase opened(Engine engine) {
        return OPEN.get(engine);
    }

    public EntityManager entityManager() {
        EntityManager em = factory.createEntityManager();
        lent.add(em);
        return em;
    }

    /** Grows with each statement that may change a table: while it stands still, the table does as well. */
    public long writes(String table) {
        return writes.computeIfAbsent(table, unwritten -> new AtomicLong()).get();
    }

    /** The number of rows that queries, and looks by key, return while the work runs. */
    public long rowsRead(Runnable work) {
        Statistics statistics = factory.unwrap(SessionFactory.class).getStatistics();
        statistics.setStatisticsEnabled(true);
        statistics.clear();
        try {
            work.run();
            return statistics.getEntityLoadCount()
                    + Arrays.stream(statistics.getQueries())
                            .mapToLong(query ->
                                    statistics.getQueryStatistics(query).getExecutionRowCount())
                            .sum();
        } finally {
            statistics.setStatisticsEnabled(false);
        }
    }

    /** The statements that are prepared while the work runs. */
    public List<String> statements(Runnable work) {
        statements.clear();
        recording = true;
        try {
            work.run();
            return List.copyOf(statements);
        } finally {
            recording = false;
        }
    }

    private String counted(String statement) {
        if (recording) {
            statements.add(statement);
        }
        if (!statement.startsWith("select")) {
            Matcher table = TABLE.matcher(statement);
            while (table.find()) {
                writes.computeIfAbsent(table.group(), unwritten -> new AtomicLong())
                        .incrementAndGet();
            }
        }
        return statement;
    }

    // To MariaDB a row that nobody committed is in the way of whoever empties the table.
    private void endWhatTestsLeft() {
        for (EntityManager em = lent.poll(); em != null; em = lent.poll()) {
            if (em.isOpen()) {
                if (em.getTransaction().isActive()) {
                    em.getTransaction().rollback();
                }
                em.close();
            }
        }
    }

    // All end with the JVM: H2 lies in memory, and the others have a shutdown hook of their own.
    private static DataSource start(Engine engine) {
        return switch (engine) {
            case H2 -> h2();
            case POSTGRESQL -> created(PostgresDatabase.start());
            case MARIADB -> created(MariaDatabase.orSkip("The store on MariaDB"));
        };
    }

    private static DataSource h2() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setUrl("jdbc:h2:mem:nylas;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000;QUERY_CACHE_SIZE=200;NON_KEYWORDS=VALUE");
        return h2;
    }

    private static DataSource created(DatabaseServer server) {
        return server.look(server.create());
    }

    private static void migrate(DataSource source) {
        try (Connection connection = source.getConnection();
                Liquibase liquibase = new Liquibase(
                        "META-INF/nylas-changelog.xml",
                        new ClassLoaderResourceAccessor(),
                        DatabaseFactory.getInstance()
                                .findCorrectDatabaseImplementation(new JdbcConnection(connection)))) {
            liquibase.update("");
        } catch (Exception e) {
            throw new IllegalStateException("The changelog could not be run", e);
        }
    }

    private static void addKeycloak(DataSource source) {
        try (Connection connection = source.getConnection()) {
            KeycloakTables.create(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("Keycloak's tables could not be created", e);
        }
    }
}
