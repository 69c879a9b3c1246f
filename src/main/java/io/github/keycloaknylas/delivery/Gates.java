package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.config.Connection;
import io.github.keycloaknylas.ledger.Blocked;
import io.github.keycloaknylas.ledger.Mailbox;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What this node does not call for the time being. An outage or a refused key closes one connection, a refused client
 * secret or a missing connector one credential; rows that wait for either are not even read.
 */
final class Gates {

    private static final int TROUBLES_TO_CLOSE = 5;

    private final InstantSource clock;
    private final Backoff backoff;
    private final Map<String, Gate> connections = new ConcurrentHashMap<>();
    private final Map<String, Gate> credentials = new ConcurrentHashMap<>();
    private final Map<String, Integer> troubles = new ConcurrentHashMap<>();

    Gates(InstantSource clock, Backoff backoff) {
        this.clock = clock;
        this.backoff = backoff;
    }

    Blocked blocked() {
        return new Blocked(closed(connections), closed(credentials));
    }

    boolean permits(Connection connection) {
        Blocked blocked = blocked();
        return !blocked.connections().contains(connection.endpoint().name())
                && !blocked.fingerprints().contains(connection.endpoint().fingerprint());
    }

    void succeeded(Connection connection) {
        troubles.remove(connection.endpoint().name());
        connections.remove(connection.endpoint().name());
        credentials.remove(connection.endpoint().fingerprint());
    }

    /** An attempt came to nothing for a temporary reason; several in a row mean that the connection is down. */
    void troubled(Connection connection, Mailbox mailbox) {
        String name = connection.endpoint().name();
        if (troubles.merge(name, 1, Integer::sum) >= TROUBLES_TO_CLOSE || connections.containsKey(name)) {
            close(connections, name, connection, mailbox, backoff::temporary);
        }
    }

    /** Nylas asked for a pause. What is closed for longer stays so. */
    void pause(Connection connection, Duration pause) {
        connections.merge(
                connection.endpoint().name(),
                new Gate(clock.millis() + pause.toMillis(), 0, null, null, null),
                (old, paused) -> old.until() > paused.until() ? old : paused);
    }

    void refusedConnection(Connection connection, Mailbox mailbox) {
        close(connections, connection.endpoint().name(), connection, mailbox, backoff::slow);
    }

    void refusedCredential(Connection connection, Mailbox mailbox) {
        close(credentials, connection.endpoint().fingerprint(), connection, mailbox, backoff::slow);
    }

    /**
     * Opens the gates that settings have opened meanwhile.
     *
     * @param currentVersion tells the version of the connection that a realm's provider uses now
     */
    void reconsider(Function<Gate, String> currentVersion) {
        List.of(connections, credentials)
                .forEach(gates -> gates.values()
                        .removeIf(gate ->
                                gate.version() != null && !gate.version().equals(currentVersion.apply(gate))));
    }

    private void close(
            Map<String, Gate> gates,
            String name,
            Connection connection,
            Mailbox mailbox,
            Function<Integer, Duration> wait) {
        long now = clock.millis();
        gates.compute(name, (key, old) -> {
            // Calls that were under way when it closed say nothing new: each would make a short outage longer.
            if (old != null && old.until() > now) {
                return old;
            }
            int closings = old == null ? 0 : old.closings();
            long until = now + wait.apply(closings).toMillis();
            return new Gate(until, closings + 1, connection.version(), mailbox.realmId(), mailbox.alias());
        });
    }

    private Set<String> closed(Map<String, Gate> gates) {
        long now = clock.millis();
        return gates.entrySet().stream()
                .filter(entry -> entry.getValue().until() > now)
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
    }
}
