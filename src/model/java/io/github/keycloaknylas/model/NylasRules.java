package io.github.keycloaknylas.model;

import io.github.keycloaknylas.delivery.FakeNode;
import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.GrantEntity;
import java.util.Optional;
import java.util.stream.Stream;

/** What holds for all that reaches Nylas. */
final class NylasRules implements InMemoryNylas.Watch {

    private final Simulation simulation;

    NylasRules(Simulation simulation) {
        this.simulation = simulation;
    }

    @Override
    public String handedOver(String text) {
        Token token = token(text);
        Violation.unless(token.is(Token.Status.COMPLETED), "Nylas got %s", token);
        // A worker that was slower than its lease cannot know that another one has been faster.
        Violation.unless(
                !token.isAccepted() || !simulation.leases().isHeld(),
                "Nylas got %s again, which it has accepted before",
                token);
        return token.opens();
    }

    @Override
    public void answers(String text, String grantId) {
        boolean beingDeleted = simulation
                .rows()
                .snapshot()
                .deletion(grantId)
                .filter(deletion ->
                        deletion.isDone() || deletion.isLeased(simulation.now() - Simulation.SKEW.toMillis()))
                .isPresent();
        boolean inTime = simulation.leases().isHeld() && !beingDeleted;
        if (inTime) {
            token(text).accept();
        } else if (!simulation.leases().isHeld()) {
            token(text).settle();
        }
        simulation.grants().answered(grantId, inTime);
    }

    @Override
    public void refuses(String text) {
        token(text).settle();
    }

    @Override
    public void deletes(String application, String grantId) {
        Rows.Snapshot snapshot = simulation.rows().snapshot();
        GrantBook.Place place = simulation.book().place(grantId).orElseThrow();
        Violation.unless(
                place.application().equals(application),
                "%s asks to delete %s, which is a grant of %s",
                application,
                grantId,
                place.application());
        Violation.unless(snapshot.holding(grantId).isEmpty(), "%s is deleted while a mailbox holds it", grantId);
        DeletionEntity deletion =
                snapshot.deletion(grantId).orElseThrow(() -> new Violation(grantId + " is deleted, but not queued"));
        simulation.rules().checkJustified(deletion);
        checkGrace(grantId);
        checkUnwanted(snapshot, grantId, place.mailbox());
        Violation.unless(
                !deletion.isLoss()
                        || simulation
                                .reference()
                                .owner(deletion.mailbox())
                                .filter(user -> !isServed(snapshot, deletion, user))
                                .isEmpty(),
                "%s is deleted although its account is linked",
                grantId);
    }

    private void checkGrace(String grantId) {
        simulation
                .grants()
                .lastHeld(grantId)
                .ifPresent(since -> Violation.unless(
                        simulation.now() + Simulation.SKEW.toMillis() >= since + FakeNode.GRACE.toMillis(),
                        "%s is deleted before the end of the grace",
                        grantId));
    }

    // Only tokens whose person is the owner of the mailbox can be told to be for it.
    private void checkUnwanted(Rows.Snapshot snapshot, String grantId, String mailbox) {
        Stream<Token> waiting = snapshot.grants().stream()
                .flatMap(row -> row.waitingToken().stream())
                .map(simulation.rows()::token);
        Stream<Token> captured = snapshot.captures().stream()
                .filter(capture -> !capture.isSpent() && capture.userId() != null)
                .map(capture -> simulation.rows().token(capture.token()));
        Optional<Token> wanted = Stream.concat(waiting, captured)
                .filter(token -> token.opens().equals(mailbox) && token.person().equals(mailbox))
                .findFirst();
        Violation.unless(wanted.isEmpty(), "%s is deleted although %s waits for its mailbox", grantId, wanted);
    }

    private static boolean isServed(Rows.Snapshot snapshot, DeletionEntity deletion, String user) {
        return snapshot.row(deletion.mailbox())
                .filter(row -> row.userId().equals(user))
                .flatMap(GrantEntity::shownGrant)
                .isPresent();
    }

    private Token token(String text) {
        return simulation.reference().token(text).orElseThrow(() -> new Violation("Nylas got " + text));
    }
}
