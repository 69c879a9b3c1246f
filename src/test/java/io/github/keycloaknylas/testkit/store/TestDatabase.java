package io.github.keycloaknylas.testkit.store;

import io.github.keycloaknylas.capture.CaptureEntity;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.testkit.server.DatabaseServer;
import io.github.keycloaknylas.testkit.server.MariaDatabase;
import io.github.keycloaknylas.testkit.server.PostgresDatabase;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.h2.jdbcx.JdbcConnectionPool;
import org.h2.jdbcx.JdbcDataSource;
import org.hibernate.cfg.JdbcSettings;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.ds.common.BaseDataSource;

/** Our two tables on a real database, made by our own changelog. One per engine and test run; tests begin with it empty. */
public final class TestDatabase {

    private static final Map<Engine, TestDatabase> OPEN = new EnumMap<>(Engine.class);

    private final EntityManagerFactory factory;
    private final Queue<EntityManager> lent = new ConcurrentLinkedQueue<>();

    private TestDatabase(DataSource source) {
        migrate(source);
        factory = new HibernatePersistenceConfiguration("nylas-store")
                .managedClasses(GrantEntity.class, CaptureEntity.class)
                .property(JdbcSettings.JAKARTA_NON_JTA_DATASOURCE, source)
                .createEntityManagerFactory();
    }

    public static synchronized TestDatabase empty(Engine engine) {
        TestDatabase database = OPEN.computeIfAbsent(engine, missing -> new TestDatabase(start(missing)));
        database.endWhatTestsLeft();
        try (EntityManager em = database.entityManager()) {
            em.getTransaction().begin();
            em.createQuery("delete from CaptureEntity").executeUpdate();
            em.createQuery("delete from GrantEntity").executeUpdate();
            em.getTransaction().commit();
        }
        return database;
    }

    public EntityManager entityManager() {
        EntityManager em = factory.createEntityManager();
        lent.add(em);
        return em;
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
            case POSTGRESQL -> postgres();
            case MARIADB -> created(MariaDatabase.orSkip("The store on MariaDB"));
        };
    }

    private static DataSource postgres() {
        BaseDataSource made = (BaseDataSource) created(PostgresDatabase.start());
        PGConnectionPoolDataSource pooled = new PGConnectionPoolDataSource();
        pooled.setUrl(made.getUrl());
        pooled.setUser(made.getUser());
        pooled.setPassword(made.getPassword());
        return pool(pooled);
    }

    private static DataSource h2() {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setUrl("jdbc:h2:mem:nylas;DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000");
        return pool(h2);
    }

    // As Keycloak does: a connection for each transaction would cost more than the transaction.
    private static DataSource pool(ConnectionPoolDataSource source) {
        JdbcConnectionPool pool = JdbcConnectionPool.create(source);
        pool.setMaxConnections(100);
        return pool;
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
}
