package io.github.keycloaknylas.model;

import io.github.keycloaknylas.capture.CaptureEntity;
import io.github.keycloaknylas.delivery.PlayedNode;
import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Mailbox;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What holds after every step. */
final class Rules {

    private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(15);
    private static final Duration CLOCKS_APART = Duration.ofMinutes(2);

    private final World world;
    private final Map<String, Long> lastHeld = new HashMap<>();
    /** Rows whose token waited at the last look. */
    private Set<String> waited = Set.of();
    /** Rows that were leaving at the last look. */
    private Set<String> left = Set.of();

    Rules(World world) {
        this.world = world;
    }

    void check() {
        Rows.Look look = world.rows().look();
        world.grants().look(look);
        look.captures().forEach(this::checkCapture);
        Set<String> shown = new HashSet<>();
        look.grants().forEach(row -> {
            checkToken(row);
            checkComesBack(row);
            row.shownGrant().ifPresent(grant -> checkShown(row, grant, shown));
        });
        waited = ids(look, GrantEntity::isHandoverDue);
        left = ids(look, row -> row.is(GrantState.LEAVING));
        World.REALMS.forEach(realm -> World.USERS.forEach(user -> checkAttribute(realm, user)));
    }

    // A sealed token lies there only while its login may complete, or until a worker has taken it over.
    private void checkCapture(CaptureEntity capture) {
        if (capture.isSpent()) {
            return;
        }
        boolean marked = capture.userId() != null;
        Token token = world.rows().token(capture.token());
        Violation.unless(
                capture.mailbox().equals(token.account().mailbox()), "%s lies at %s", token, capture.mailbox());
        Violation.unless(
                token.is(marked ? Token.Stands.COMPLETED : Token.Stands.OPEN),
                "A capture holds %s, marked is %s",
                token,
                marked);
    }

    private void checkToken(GrantEntity row) {
        Violation.unless(
                row.waitingToken().isPresent() == row.isHandoverDue(), "%s: due and token differ", row.mailbox());
        Violation.unless(!(row.is(GrantState.LEAVING) && row.isHandoverDue()), "%s leaves with a token", row.mailbox());
        row.waitingToken().ifPresent(waiting -> {
            Token token = world.rows().token(waiting);
            Violation.unless(token.is(Token.Stands.COMPLETED), "The ledger holds %s", token);
            Violation.unless(row.mailbox().equals(token.account().mailbox()), "%s lies at %s", token, row.mailbox());
            checkNewest(row, token);
        });
    }

    // Where a sign-in is what the mailbox needs, one that seems a little older counts: the clocks of two nodes differ.
    private void checkNewest(GrantEntity row, Token token) {
        long tolerated = waited.contains(row.id()) ? 0 : CLOCKS_APART.toMillis();
        Long before = lastHeld.put(row.id(), token.capturedAt());
        Violation.unless(
                before == null || token.capturedAt() >= before - tolerated, "%s replaced a newer token", token);
    }

    private void checkComesBack(GrantEntity row) {
        Mailbox mailbox = row.mailbox();
        Violation.unless(
                !left.contains(row.id())
                        || row.is(GrantState.LEAVING)
                        || row.isHandoverDue()
                        || world.truth()
                                .owner(new Account(mailbox.realmId(), mailbox.subject()))
                                .isPresent(),
                "%s has left and is back, but nobody has the account",
                mailbox);
    }

    private static Set<String> ids(Rows.Look look, Predicate<GrantEntity> which) {
        return look.grants().stream().filter(which).map(GrantEntity::id).collect(Collectors.toSet());
    }

    private void checkShown(GrantEntity row, ConnectedGrant grant, Set<String> shown) {
        Mailbox mailbox = row.mailbox();
        Violation.unless(shown.add(grant.grantId()), "%s is shown twice", grant.grantId());
        Violation.unless(
                !world.nylas().isDeleted(grant.grantId()), "%s shows %s, which is deleted", mailbox, grant.grantId());
        Violation.unless(
                world.nylas()
                        .mailbox(grant.grantId())
                        .filter(mailbox.subject()::equals)
                        .isPresent(),
                "%s shows %s, which is of %s",
                mailbox,
                grant.grantId(),
                world.nylas().mailbox(grant.grantId()));
    }

    private void checkAttribute(String realm, String user) {
        if (world.hasUser(realm, user)) {
            String grantId = world.rig().keycloak.user(realm, user).attributes().get("nylas_grant_id");
            Violation.unless(
                    grantId == null
                            || world.nylas()
                                    .mailbox(grantId)
                                    .filter(mailbox -> world.truth().wasEverLinked(realm, user, mailbox))
                                    .isPresent(),
                    "User %s of realm %s shows %s, which was never theirs",
                    user,
                    realm,
                    grantId);
        }
    }

    /** A worker takes no token whose account has lost its link. */
    void checkTaken(String text) {
        Token token = world.truth().token(text).orElseThrow();
        Violation.unless(
                world.truth().owner(token.account()).isPresent(), "%s was taken, but nobody has the account", token);
    }

    /** What housekeeping must not leave, by the clock of its node. */
    void checkAfterTidying(long now) {
        Rows.Look look = world.rows().look();
        look.captures().stream()
                .filter(capture -> capture.userId() == null && !capture.isSpent())
                .map(capture -> world.rows().token(capture.token()))
                .forEach(token -> Violation.unless(
                        token.capturedAt()
                                        + Truth.LOGIN.plus(LONGEST_TRANSACTION).toMillis()
                                >= now,
                        "%s of an abandoned login is kept",
                        token));
        look.grants().stream()
                .filter(row -> !row.isInFlight(now))
                .forEach(row -> row.waitingToken()
                        .ifPresent(token -> Violation.unless(
                                token.capturedAt() >= now - PlayedNode.RETENTION.toMillis(),
                                "%s: a token is kept beyond its retention",
                                row.mailbox())));
    }
}
