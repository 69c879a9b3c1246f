package io.github.keycloaknylas.model;

import io.github.keycloaknylas.delivery.FakeNode;
import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.GrantEntity;
import java.util.Optional;
import java.util.stream.Stream;

/** What holds for all that reaches Nylas. */
final class NylasRules implements MemoryNylas.Watch {

    private final World world;

    NylasRules(World world) {
        this.world = world;
    }

    @Override
    public String handedOver(String text) {
        Token token = token(text);
        Violation.unless(token.is(Token.Status.COMPLETED), "Nylas got %s", token);
        // A worker that was slower than its lease cannot know that another one has been faster.
        Violation.unless(
                !token.isAccepted() || !world.leases().isHeld(),
                "Nylas got %s again, which it has accepted before",
                token);
        return token.opens();
    }

    @Override
    public void answers(String text, String grantId) {
        boolean beingDeleted = world.rows()
                .look()
                .deletion(grantId)
                .filter(deletion -> deletion.isDone() || deletion.isLeased(world.now() - World.SKEW.toMillis()))
                .isPresent();
        boolean inTime = world.leases().isHeld() && !beingDeleted;
        if (inTime) {
            token(text).accept();
        } else if (!world.leases().isHeld()) {
            token(text).settle();
        }
        world.grants().answered(grantId, inTime);
    }

    @Override
    public void refuses(String text) {
        token(text).settle();
    }

    @Override
    public void deletes(String application, String grantId) {
        Rows.Look look = world.rows().look();
        MemoryNylas.Place place = world.nylas().place(grantId).orElseThrow();
        Violation.unless(
                place.application().equals(application),
                "%s asks to delete %s, which is a grant of %s",
                application,
                grantId,
                place.application());
        Violation.unless(look.holding(grantId).isEmpty(), "%s is deleted while a mailbox holds it", grantId);
        DeletionEntity deletion =
                look.deletion(grantId).orElseThrow(() -> new Violation(grantId + " is deleted, but not queued"));
        world.rules().checkJustified(deletion);
        checkGrace(grantId);
        checkUnwanted(look, grantId, place.mailbox());
        Violation.unless(
                !deletion.isLoss()
                        || world.truth()
                                .owner(deletion.mailbox())
                                .filter(user -> !isServed(look, deletion, user))
                                .isEmpty(),
                "%s is deleted although its account is linked",
                grantId);
    }

    private void checkGrace(String grantId) {
        world.grants()
                .lastHeld(grantId)
                .ifPresent(since -> Violation.unless(
                        world.now() + World.SKEW.toMillis() >= since + FakeNode.GRACE.toMillis(),
                        "%s is deleted before the end of the grace",
                        grantId));
    }

    // Only tokens whose person is the owner of the mailbox can be told to be for it.
    private void checkUnwanted(Rows.Look look, String grantId, String mailbox) {
        Stream<Token> waiting = look.grants().stream()
                .flatMap(row -> row.waitingToken().stream())
                .map(world.rows()::token);
        Stream<Token> captured = look.captures().stream()
                .filter(capture -> !capture.isSpent() && capture.userId() != null)
                .map(capture -> world.rows().token(capture.token()));
        Optional<Token> wanted = Stream.concat(waiting, captured)
                .filter(token -> token.opens().equals(mailbox) && token.person().equals(mailbox))
                .findFirst();
        Violation.unless(wanted.isEmpty(), "%s is deleted although %s waits for its mailbox", grantId, wanted);
    }

    private static boolean isServed(Rows.Look look, DeletionEntity deletion, String user) {
        return look.row(deletion.mailbox())
                .filter(row -> row.userId().equals(user))
                .flatMap(GrantEntity::shownGrant)
                .isPresent();
    }

    private Token token(String text) {
        return world.truth().token(text).orElseThrow(() -> new Violation("Nylas got " + text));
    }
}
