package io.github.keycloaknylas.support.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;
import org.hibernate.service.UnknownUnwrapTypeException;

/**
 * Lends the same few connections again and again, as Keycloak's pool does: opening one costs more than a transaction.
 * What comes with a connection, such as H2's parsed statements, is kept as well.
 */
final class PooledConnections implements ConnectionProvider {

    private static final long serialVersionUID = 1;

    private final transient DataSource source;
    private final transient Queue<Connection> idle = new ConcurrentLinkedQueue<>();

    PooledConnections(DataSource source) {
        this.source = source;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection kept = idle.poll();
        return kept != null ? kept : opened();
    }

    private Connection opened() throws SQLException {
        Connection opened = source.getConnection();
        opened.setAutoCommit(false);
        return opened;
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
        // Ends what was only read. Not by a rollback, which makes H2 forget the statements that it has parsed.
        connection.commit();
        idle.add(connection);
    }

    @Override
    public boolean supportsAggressiveRelease() {
        return false;
    }

    @Override
    public boolean isUnwrappableAs(Class<?> type) {
        return type.isInstance(this);
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        if (!isUnwrappableAs(type)) {
            throw new UnknownUnwrapTypeException(type);
        }
        return type.cast(this);
    }
}
