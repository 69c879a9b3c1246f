package io.github.keycloaknylas.model;

import java.util.List;

/** What becomes of grants at Nylas, and how the workers learn of it. */
final class GrantSteps {

    private GrantSteps() {}

    /** The grants of a mailbox expire. */
    record ExpireGrant(String mailbox) implements Step {

        @Override
        public void run(Simulation simulation) {
            simulation.book().expire(mailbox);
        }
    }

    /** The grants of a mailbox are authenticated by other means than a handover. */
    record RenewGrant(String mailbox) implements Step {

        @Override
        public void run(Simulation simulation) {
            simulation.book().renew(mailbox);
        }
    }

    /** The grants of a mailbox are authenticated as another person. */
    record TurnGrant(String mailbox) implements Step {

        @Override
        public void run(Simulation simulation) {
            simulation.book().turn(mailbox);
        }
    }

    /** Notifications of a type that have not arrived yet arrive, maybe twice. */
    record DeliverNotifications(String type, int times) implements Step {

        @Override
        public void run(Simulation simulation) {
            simulation.notifications().deliver(type, times);
        }
    }

    /** Notifications of a type that have not arrived yet never do. */
    record DropNotifications(String type) implements Step {

        @Override
        public void run(Simulation simulation) {
            simulation.notifications().drop(type);
        }
    }

    /** Looks at the grant whose notice has been due longest. Other things happen while the call is under way. */
    record LookAtGrant(int node, CallOutcome nylas, List<Step> meanwhile) implements Step {

        @Override
        public void run(Simulation simulation) {
            LookRules rules = new LookRules(simulation);
            simulation.nylas().prepare(nylas, () -> {
                WorkerSteps.runAll(meanwhile, simulation);
                rules.answered();
            });
            WorkerSteps.survives(simulation.node(node).workers()::processNotice);
            simulation.nylas().prepare(CallOutcome.DONE, () -> {});
            rules.check();
        }
    }

    /**
     * Compares the grants of the applications that are due with those at Nylas.
     *
     * @param callsBefore calls that go well before the one with this outcome, during which other things happen
     */
    record ReconcileGrants(int node, int callsBefore, CallOutcome nylas, List<Step> meanwhile) implements Step {

        @Override
        public void run(Simulation simulation) {
            simulation.nylas().prepare(nylas, () -> WorkerSteps.runAll(meanwhile, simulation), callsBefore);
            WorkerSteps.survives(simulation.node(node).workers()::reconcile);
            simulation.nylas().prepare(CallOutcome.DONE, () -> {});
        }
    }

    /** An administrator confirms the differences that have stopped a pass. */
    record ConfirmDifferences() implements Step {

        @Override
        public void run(Simulation simulation) {
            new GrantTruth(simulation).confirmDifferences();
        }
    }

    /** The state of each mailbox is what Nylas reports of its grant by now. */
    record CheckTruth() implements Step {

        @Override
        public void run(Simulation simulation) {
            new GrantTruth(simulation).check();
        }
    }
}
