package io.github.keycloaknylas.model;

import io.github.keycloaknylas.delivery.FakeNode;
import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.LastFailure;
import io.github.keycloaknylas.ledger.ReportedGrants;
import java.time.Duration;
import java.util.List;
import org.keycloak.connections.jpa.JpaConnectionProvider;

/**
 * The state of each mailbox is what Nylas reports of its grant, once every notice is processed; if some were lost, once
 * a pass of the reconciliation has ended.
 */
final class GrantTruth {

    /** One of each application: only with its key is an application asked about its grants. */
    private static final List<String> KEYS = List.of("server-key-2", "server-key-0");
    /** Longer than any wait of a notice. */
    private static final Duration NOTICE = Duration.ofMinutes(30);
    /** An application is noted in the first round, compared in the second, and changed in the third at the latest. */
    private static final int PASSES = 3;

    private final Simulation simulation;
    private final FakeNode workers;

    GrantTruth(Simulation simulation) {
        this.simulation = simulation;
        this.workers = simulation.node(0).workers();
    }

    void checkOnceItIsKnown() {
        boolean complete = simulation.notifications().isComplete();
        if (complete) {
            simulation.notifications().deliverAll();
            KEYS.forEach(this::processNotices);
        } else {
            simulation.notifications().dropAll();
            for (int i = 0; i < PASSES; i++) {
                KEYS.forEach(this::reconcile);
            }
        }
        simulation.rules().check();
        check();
        simulation.rows().snapshot().grants().forEach(row -> checkNotForgotten(row, complete));
    }

    private void processNotices(String key) {
        simulation.options().with(SystemUnderTest.API_KEY, key);
        simulation.pass(NOTICE);
        boolean due = true;
        while (due) {
            due = workers.processNotice();
        }
    }

    private void reconcile(String key) {
        simulation.options().with(SystemUnderTest.API_KEY, key);
        confirmDifferences();
        simulation.pass(FakeNode.INTERVAL.plusHours(2));
        workers.reconcile();
    }

    void confirmDifferences() {
        simulation.transaction(session -> session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createNativeQuery("update NYLAS_CONNECTION set CONFIRMED_AT = ALARM_AT, NEXT_AT = 0,"
                        + " ROW_VERSION = ROW_VERSION + 1 where ALARM_AT is not null")
                .executeUpdate());
    }

    void check() {
        simulation.rows().snapshot().grants().forEach(this::check);
    }

    private void check(GrantEntity row) {
        row.shownGrant().map(ConnectedGrant::grantId).ifPresent(id -> {
            GrantBook.Truth truth = simulation.book().truth(id);
            boolean expired = row.failure()
                    .map(LastFailure::failureClass)
                    .filter(ReportedGrants.EXPIRED::equals)
                    .isPresent();
            Violation.unless(
                    row.is(GrantState.CONNECTED)
                            ? truth == GrantBook.Truth.VALID
                            : truth == GrantBook.Truth.INVALID || truth == GrantBook.Truth.VALID && !expired,
                    "%s is %s, but Nylas reports %s as %s",
                    row.mailbox(),
                    row.state(),
                    id,
                    truth);
        });
    }

    // A refused token says nothing of the grant, so only a pass asks about it.
    private void checkNotForgotten(GrantEntity row, boolean complete) {
        Violation.unless(
                complete
                        || !row.is(GrantState.RECONNECT)
                        || row.shownGrant()
                                .filter(grant -> simulation.book().truth(grant.grantId()) == GrantBook.Truth.VALID)
                                .isEmpty(),
                "%s waits for a sign-in after a pass, but its grant is valid",
                row.mailbox());
    }
}
