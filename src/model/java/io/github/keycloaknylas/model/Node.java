package io.github.keycloaknylas.model;

import io.github.keycloaknylas.delivery.PlayedNode;
import io.github.keycloaknylas.delivery.PlayedNode.Taken;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** A node of the cluster: its clock is a little off, its gates are its own, and a restart forgets what it had in hand. */
final class Node {

    private final World world;
    private final long offset;
    private PlayedNode workers;
    private final Deque<Taken> inHand = new ArrayDeque<>();

    Node(World world, long offset) {
        this.world = world;
        this.offset = offset;
        restart();
    }

    void restart() {
        inHand.clear();
        workers = new PlayedNode(world.rig().sessions, world.rig().nylas, () -> Instant.ofEpochMilli(millis()));
    }

    long millis() {
        return world.now() + offset;
    }

    PlayedNode workers() {
        return workers;
    }

    Deque<Taken> inHand() {
        return inHand;
    }
}
