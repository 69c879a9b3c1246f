package io.github.keycloaknylas.model;

import io.github.keycloaknylas.delivery.PlayedNode;
import io.github.keycloaknylas.ledger.GrantState;

/** Stands at Nylas' door and looks at all that comes in. */
final class Watcher implements MemoryNylas.Watch {

    private final World world;

    Watcher(World world) {
        this.world = world;
    }

    @Override
    public String handedOver(String text) {
        Token token = world.truth().token(text).orElseThrow(() -> new Violation("Nylas got " + text));
        Violation.unless(token.is(Token.Stands.COMPLETED), "Nylas got %s", token);
        // A worker that was slower than its lease cannot know that another one has been faster.
        Violation.unless(
                !token.isAccepted() || !world.leases().isHeld(),
                "Nylas got %s again, which it has accepted before",
                token);
        token.reach();
        return token.mailbox();
    }

    @Override
    public void answers(String text, String grantId) {
        if (world.leases().isHeld()) {
            Token token = world.truth().token(text).orElseThrow();
            token.accept();
            world.grants().answered(grantId, token);
        }
    }

    @Override
    public void deletes(String grantId) {
        Rows.Look look = world.rows().look();
        Violation.unless(look.showing(grantId).isEmpty(), "%s is deleted while it is shown", grantId);
        Violation.unless(
                look.grants().stream()
                        .filter(row -> row.is(GrantState.LEAVING))
                        .filter(row -> row.grant()
                                .filter(grant -> grant.grantId().equals(grantId))
                                .isPresent())
                        .anyMatch(row -> isOverdue(new Account(
                                row.mailbox().realmId(), row.mailbox().subject()))),
                "%s is deleted although nobody has left for as long as the grace",
                grantId);
    }

    private boolean isOverdue(Account account) {
        return world.truth()
                .withoutLinkSince(account)
                .filter(since -> world.now() + World.SKEW.toMillis() >= since + PlayedNode.GRACE.toMillis())
                .isPresent();
    }
}
