package io.github.keycloaknylas.model;

import io.github.keycloaknylas.delivery.PlayedNode.Taken;
import java.util.List;

/** What the workers of a node do, each step by itself. */
final class WorkerSteps {

    private WorkerSteps() {}

    record Merges(int node) implements Step {

        @Override
        public void run(World world) {
            world.node(node).workers().merge();
        }
    }

    record Claims(int node) implements Step {

        @Override
        public void run(World world) {
            Node at = world.node(node);
            at.workers().claim().ifPresent(taken -> {
                world.leases().taken(taken);
                world.rules().checkTaken(taken.token());
                at.inHand().add(taken);
            });
        }
    }

    /** Hands over what was claimed first. Other things happen while the call is under way. */
    record Calls(int node, Behaves nylas, List<Step> meanwhile) implements Step {

        @Override
        public void run(World world) {
            Taken taken = world.node(node).inHand().poll();
            if (taken != null) {
                world.nylas().prepare(nylas, () -> play(meanwhile, world));
                world.leases().calls(taken);
                if (survives(() -> world.node(node).workers().handOver(taken))) {
                    world.leases()
                            .ended(world.rows()
                                    .isInFlight(taken.rowId(), world.node(node).millis()));
                } else {
                    world.leases().orphaned();
                }
            }
        }
    }

    record Projects(int node) implements Step {

        @Override
        public void run(World world) {
            world.node(node).workers().project();
        }
    }

    record Tidies(int node) implements Step {

        @Override
        public void run(World world) {
            Node at = world.node(node);
            at.workers().tidy();
            world.rules().checkAfterTidying(at.millis());
        }
    }

    record Sweeps(int node) implements Step {

        @Override
        public void run(World world) {
            world.node(node).workers().sweep();
        }
    }

    /** Looks for grants of those who left. */
    record Deletes(int node, Behaves nylas, List<Step> meanwhile) implements Step {

        @Override
        public void run(World world) {
            world.nylas().prepare(nylas, () -> play(meanwhile, world));
            world.grants().leaverLooks();
            survives(world.node(node).workers()::deleteWhatLeft);
            world.nylas().prepare(Behaves.WELL, () -> {});
        }
    }

    /** The node is killed and started again: what its workers had in hand, only the leases know. */
    record IsKilled(int node) implements Step {

        @Override
        public void run(World world) {
            world.node(node).restart();
        }
    }

    private static void play(List<Step> meanwhile, World world) {
        meanwhile.forEach(step -> {
            step.run(world);
            world.rules().check();
        });
    }

    private static boolean survives(Runnable work) {
        try {
            work.run();
            return true;
        } catch (Dies end) {
            return false;
        }
    }
}
