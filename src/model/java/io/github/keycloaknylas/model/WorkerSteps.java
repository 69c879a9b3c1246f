package io.github.keycloaknylas.model;

import io.github.keycloaknylas.delivery.FakeNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the workers of a node do, each step by itself. */
final class WorkerSteps {

    private WorkerSteps() {}

    record MergeCaptures(int node) implements Step {

        @Override
        public void run(Simulation simulation) {
            simulation.node(node).workers().merge();
        }
    }

    record LeaseRow(int node) implements Step {

        @Override
        public void run(Simulation simulation) {
            Node at = simulation.node(node);
            at.workers().lease().ifPresent(leased -> {
                simulation.leases().leased(leased);
                at.leased().add(leased);
            });
        }
    }

    record PrepareHandover(int node) implements Step {

        @Override
        public void run(Simulation simulation) {
            Node at = simulation.node(node);
            FakeNode.Leased leased = at.leased().poll();
            if (leased != null) {
                Optional<FakeNode.Prepared> prepared = at.workers().prepare(leased);
                prepared.ifPresentOrElse(
                        ready -> {
                            simulation.rules().checkPrepared(ready);
                            at.prepared().add(ready);
                        },
                        () -> simulation.leases().returned(leased));
            }
        }
    }

    /** Hands over what was prepared first. Other things happen while the call is under way. */
    record CallNylas(int node, CallOutcome nylas, List<Step> meanwhile) implements Step {

        @Override
        public void run(Simulation simulation) {
            Node at = simulation.node(node);
            FakeNode.Prepared prepared = at.prepared().poll();
            if (prepared != null) {
                // No two handovers end at the very same moment.
                simulation.pass(Duration.ofMillis(1));
                simulation.nylas().prepare(nylas, () -> runAll(meanwhile, simulation));
                simulation.leases().calls(prepared.leased());
                if (survives(() -> at.workers().handOver(prepared))) {
                    String rowId = prepared.leased().rowId();
                    simulation.leases().ended(simulation.rows().isInFlight(rowId, at.millis()));
                    simulation.grants().recorded(simulation.rows().snapshot().row(rowId));
                } else {
                    simulation.leases().orphaned();
                }
                simulation.nylas().prepare(CallOutcome.DONE, () -> {});
            }
        }
    }

    record ProcessEvidence(int node) implements Step {

        @Override
        public void run(Simulation simulation) {
            simulation.node(node).workers().processEvidence();
        }
    }

    record SyncAttributes(int node) implements Step {

        @Override
        public void run(Simulation simulation) {
            simulation.node(node).workers().syncAttributes();
        }
    }

    record CleanUp(int node) implements Step {

        @Override
        public void run(Simulation simulation) {
            Node at = simulation.node(node);
            simulation.notifications().cleanUp(at);
            simulation.rules().checkAfterCleanup(at.millis());
        }
    }

    record SweepLinks(int node) implements Step {

        @Override
        public void run(Simulation simulation) {
            simulation.node(node).workers().sweep();
        }
    }

    record LeaseDeletion(int node) implements Step {

        @Override
        public void run(Simulation simulation) {
            Node at = simulation.node(node);
            at.workers().leaseDeletion().ifPresent(leased -> {
                simulation.deletionLeases().leased(leased);
                at.deletions().add(leased);
            });
        }
    }

    /** Deletes what was leased first, if the check permits it. Other things happen while the call is under way. */
    record DeleteGrant(int node, CallOutcome nylas, List<Step> meanwhile) implements Step {

        @Override
        public void run(Simulation simulation) {
            Node at = simulation.node(node);
            FakeNode.Deletion deletion = at.deletions().poll();
            if (deletion != null) {
                simulation.nylas().prepare(nylas, () -> runAll(meanwhile, simulation));
                if (survives(() -> at.workers().delete(deletion))) {
                    simulation.deletionLeases().ended(deletion);
                }
                simulation.nylas().prepare(CallOutcome.DONE, () -> {});
            }
        }
    }

    /** The node is killed and started again: what its workers had leased, only the leases know. */
    record KillNode(int node) implements Step {

        @Override
        public void run(Simulation simulation) {
            simulation.node(node).restart();
        }
    }

    static void runAll(List<Step> steps, Simulation simulation) {
        steps.forEach(step -> {
            step.run(simulation);
            simulation.rules().check();
        });
    }

    static boolean survives(Runnable work) {
        try {
            work.run();
            return true;
        } catch (WorkerCrash end) {
            return false;
        }
    }
}
