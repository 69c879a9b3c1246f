package io.github.keycloaknylas.model;

import io.github.keycloaknylas.delivery.FakeNode;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A node of the cluster: its clock is a little off, its memory is its own, and a restart forgets what it has leased.
 */
final class Node {

    private final Simulation simulation;
    private final long offset;
    private FakeNode workers;
    private final Deque<FakeNode.Leased> leased = new ArrayDeque<>();
    private final Deque<FakeNode.Prepared> prepared = new ArrayDeque<>();
    private final Deque<FakeNode.Deletion> deletions = new ArrayDeque<>();

    Node(Simulation simulation, long offset) {
        this.simulation = simulation;
        this.offset = offset;
        restart();
    }

    void restart() {
        leased.clear();
        prepared.clear();
        deletions.clear();
        workers = new FakeNode(
                simulation.system().sessions,
                simulation.system().nylas,
                simulation.system().keycloak,
                () -> Instant.ofEpochMilli(millis()));
    }

    long millis() {
        return simulation.now() + offset;
    }

    FakeNode workers() {
        return workers;
    }

    Deque<FakeNode.Leased> leased() {
        return leased;
    }

    Deque<FakeNode.Prepared> prepared() {
        return prepared;
    }

    Deque<FakeNode.Deletion> deletions() {
        return deletions;
    }
}
