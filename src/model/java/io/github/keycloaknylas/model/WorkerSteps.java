package io.github.keycloaknylas.model;

import io.github.keycloaknylas.delivery.FakeNode;
import java.util.List;
import java.util.Optional;

/** What the workers of a node do, each step by itself. */
final class WorkerSteps {

    private WorkerSteps() {}

    record Merges(int node) implements Step {

        @Override
        public void run(World world) {
            world.node(node).workers().merge();
        }
    }

    record Leases(int node) implements Step {

        @Override
        public void run(World world) {
            Node at = world.node(node);
            at.workers().lease().ifPresent(leased -> {
                world.leases().leased(leased);
                at.leased().add(leased);
            });
        }
    }

    record Prepares(int node) implements Step {

        @Override
        public void run(World world) {
            Node at = world.node(node);
            FakeNode.Leased leased = at.leased().poll();
            if (leased != null) {
                Optional<FakeNode.Prepared> prepared = at.workers().prepare(leased);
                prepared.ifPresentOrElse(
                        ready -> {
                            world.rules().checkPrepared(ready);
                            at.prepared().add(ready);
                        },
                        () -> world.leases().returned(leased));
            }
        }
    }

    /** Hands over what was prepared first. Other things happen while the call is under way. */
    record Calls(int node, CallOutcome nylas, List<Step> meanwhile) implements Step {

        @Override
        public void run(World world) {
            Node at = world.node(node);
            FakeNode.Prepared prepared = at.prepared().poll();
            if (prepared != null) {
                world.nylas().prepare(nylas, () -> runAll(meanwhile, world));
                world.leases().calls(prepared.leased());
                if (survives(() -> at.workers().handOver(prepared))) {
                    String rowId = prepared.leased().rowId();
                    world.leases().ended(world.rows().isInFlight(rowId, at.millis()));
                    world.grants().recorded(world.rows().look().row(rowId));
                } else {
                    world.leases().orphaned();
                }
                world.nylas().prepare(CallOutcome.DONE, () -> {});
            }
        }
    }

    record ProcessesEvidence(int node) implements Step {

        @Override
        public void run(World world) {
            world.node(node).workers().processEvidence();
        }
    }

    record SyncsAttributes(int node) implements Step {

        @Override
        public void run(World world) {
            world.node(node).workers().syncAttributes();
        }
    }

    record CleansUp(int node) implements Step {

        @Override
        public void run(World world) {
            Node at = world.node(node);
            at.workers().cleanUp();
            world.rules().checkAfterCleanup(at.millis());
        }
    }

    record Sweeps(int node) implements Step {

        @Override
        public void run(World world) {
            world.node(node).workers().sweep();
        }
    }

    record LeasesDeletion(int node) implements Step {

        @Override
        public void run(World world) {
            Node at = world.node(node);
            at.workers().leaseDeletion().ifPresent(leased -> {
                world.deletionLeases().leased(leased);
                at.deletions().add(leased);
            });
        }
    }

    /** Deletes what was leased first, if the check permits it. Other things happen while the call is under way. */
    record Deletes(int node, CallOutcome nylas, List<Step> meanwhile) implements Step {

        @Override
        public void run(World world) {
            Node at = world.node(node);
            FakeNode.Deletion deletion = at.deletions().poll();
            if (deletion != null) {
                world.nylas().prepare(nylas, () -> runAll(meanwhile, world));
                if (survives(() -> at.workers().delete(deletion))) {
                    world.deletionLeases().ended(deletion);
                }
                world.nylas().prepare(CallOutcome.DONE, () -> {});
            }
        }
    }

    /** The node is killed and started again: what its workers had leased, only the leases know. */
    record IsKilled(int node) implements Step {

        @Override
        public void run(World world) {
            world.node(node).restart();
        }
    }

    private static void runAll(List<Step> steps, World world) {
        steps.forEach(step -> {
            step.run(world);
            world.rules().check();
        });
    }

    private static boolean survives(Runnable work) {
        try {
            work.run();
            return true;
        } catch (WorkerCrash end) {
            return false;
        }
    }
}
