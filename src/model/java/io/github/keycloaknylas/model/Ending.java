package io.github.keycloaknylas.model;

import io.github.keycloaknylas.delivery.PlayedNode;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything works again and time passes: then nothing may wait any more, and all is as it should be. */
final class Ending {

    private static final Duration STEP = Duration.ofHours(8);
    private static final int STEPS = 10;
    /** A token this young cannot outlive its retention before it is handed over: no wait is longer than a step. */
    private static final Duration YOUNG = PlayedNode.RETENTION.minus(STEP).minus(World.SKEW);

    private final World world;

    Ending(World world) {
        this.world = world;
    }

    void check() {
        mend();
        world.nodes().forEach(node -> node.workers().merge());
        Set<String> young = youngTokens();
        int steps = 0;
        do {
            world.pass(STEP);
            world.nodes().forEach(this::work);
        } while (waits() && ++steps < STEPS);
        Rows.Look look = world.rows().look();
        Violation.unless(look.captures().isEmpty(), "A capture is left for ever");
        look.grants().forEach(row -> checkSettled(row, young));
        world.grants().checkNoneIsLeft(look);
        world.truth().tokens().forEach(token -> checkEnded(token, look));
        World.REALMS.forEach(realm -> World.USERS.forEach(user -> checkAttribute(realm, user, look)));
    }

    private void mend() {
        World.REALMS.forEach(realm -> {
            world.provider(realm, ProviderIs.WELL);
            World.USERS.stream()
                    .filter(user -> world.hasUser(realm, user))
                    .forEach(user -> world.rig().keycloak.user(realm, user).refuseWrites(false));
        });
        world.sealKey(true);
        world.directory(true);
        world.node(0).restart();
    }

    private Set<String> youngTokens() {
        return world.rows().look().grants().stream()
                .filter(row -> row.waitingToken()
                        .filter(token -> token.capturedAt() > world.now() - YOUNG.toMillis())
                        .isPresent())
                .filter(row -> world.truth()
                        .owner(account(row))
                        .filter(row.userId()::equals)
                        .isPresent())
                .map(GrantEntity::id)
                .collect(Collectors.toSet());
    }

    private boolean waits() {
        Rows.Look look = world.rows().look();
        return !look.captures().isEmpty()
                || look.grants().stream()
                        .anyMatch(row -> row.isHandoverDue() || row.isProjectionDue() || row.is(GrantState.LEAVING));
    }

    private void work(Node node) {
        node.workers().merge();
        node.inHand().clear();
        node.workers().claim().ifPresent(node.inHand()::add);
        while (!node.inHand().isEmpty()) {
            node.workers().handOver(node.inHand().poll());
            node.workers().claim().ifPresent(node.inHand()::add);
        }
        node.workers().sweep();
        node.workers().project();
        node.workers().tidy();
        node.workers().deleteWhatLeft();
        world.rules().check();
    }

    private void checkSettled(GrantEntity row, Set<String> young) {
        Violation.unless(!row.isHandoverDue(), "%s waits for ever", row.mailbox());
        Violation.unless(!row.is(GrantState.LEAVING), "%s leaves for ever", row.mailbox());
        Violation.unless(
                world.truth().owner(account(row)).filter(row.userId()::equals).isPresent(),
                "%s is of %s, but linked to %s",
                row.mailbox(),
                row.userId(),
                world.truth().owner(account(row)));
        Violation.unless(!row.isProjectionDue(), "%s: the attribute is never written", row.mailbox());
        Violation.unless(
                !young.contains(row.id()) || row.is(GrantState.CONNECTED) || row.is(GrantState.HELD),
                "%s: a young token came to nothing, but to %s",
                row.mailbox(),
                row.state());
    }

    // Whoever completed a login and was linked ever since has got an answer. An older token does not win, even if an
    // unlink has erased the newer one meanwhile.
    private void checkEnded(Token token, Rows.Look look) {
        Account account = token.account();
        if (token.is(Token.Stands.COMPLETED)
                && world.truth().isNewest(token)
                && token.epoch() == world.truth().epoch(account)
                && world.truth().owner(account).isPresent()) {
            Optional<GrantState> state = look.grants().stream()
                    .filter(row -> row.mailbox().equals(account.mailbox()))
                    .flatMap(row -> row.state().stream())
                    .findFirst();
            Violation.unless(
                    state.filter(List.of(GrantState.CONNECTED, GrantState.RECONNECT, GrantState.HELD)::contains)
                            .isPresent(),
                    "%s came to %s",
                    token,
                    state);
            Violation.unless(
                    token.isReached()
                            || state.filter(GrantState.RECONNECT::equals).isPresent(),
                    "%s was never handed over, and the mailbox is %s",
                    token,
                    state);
        }
    }

    private void checkAttribute(String realm, String user, Rows.Look look) {
        if (world.hasUser(realm, user)) {
            Set<String> shown = look.grants().stream()
                    .filter(row -> row.mailbox().realmId().equals(realm)
                            && row.userId().equals(user))
                    .flatMap(row -> row.shownGrant().stream())
                    .map(grant -> grant.grantId())
                    .collect(Collectors.toSet());
            String attribute =
                    world.rig().keycloak.user(realm, user).attributes().get("nylas_grant_id");
            Violation.unless(
                    attribute == null ? shown.isEmpty() : shown.contains(attribute),
                    "User %s of realm %s shows %s, and the ledger says %s",
                    user,
                    realm,
                    attribute,
                    shown);
        }
    }

    private static Account account(GrantEntity row) {
        return new Account(row.mailbox().realmId(), row.mailbox().subject());
    }
}
