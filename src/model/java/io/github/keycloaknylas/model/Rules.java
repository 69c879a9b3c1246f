package io.github.keycloaknylas.model;

import io.github.keycloaknylas.capture.CaptureEntity;
import io.github.keycloaknylas.delivery.FakeNode;
import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.Mailbox;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What holds after every step. */
final class Rules {

    private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(15);
    private static final Duration CLOCKS_APART = Duration.ofMinutes(2);

    private final Simulation simulation;
    private final Map<String, Long> lastToken = new HashMap<>();
    /** Rows whose token waited at the last look. */
    private Set<String> waited = Set.of();

    Rules(Simulation simulation) {
        this.simulation = simulation;
    }

    void check() {
        Rows.Snapshot snapshot = simulation.rows().snapshot();
        simulation.grants().snapshot(snapshot);
        simulation.unknownStates().check();
        Set<Token> present = new HashSet<>();
        snapshot.captures().forEach(capture -> checkCapture(capture, present));
        Map<String, String> holders = new HashMap<>();
        snapshot.grants().forEach(row -> {
            checkToken(row, present);
            checkHistory(snapshot, row);
            row.shownGrant().ifPresent(grant -> checkShown(row, grant, holders));
        });
        snapshot.deletions().stream().filter(deletion -> !deletion.isDone()).forEach(this::checkJustified);
        simulation.reference().tokens().forEach(token -> checkKept(token, present));
        waited = snapshot.grants().stream()
                .filter(GrantEntity::isHandoverDue)
                .map(GrantEntity::id)
                .collect(Collectors.toSet());
        Simulation.REALMS.forEach(realm -> Simulation.USERS.forEach(user -> checkAttribute(realm, user)));
    }

    // A sealed token lies there only while its login may complete, or until a worker has taken it over.
    private void checkCapture(CaptureEntity capture, Set<Token> present) {
        if (capture.isSpent()) {
            return;
        }
        boolean marked = capture.userId() != null;
        Token token = simulation.rows().token(capture.token());
        Violation.unless(isOf(token, capture.mailbox()), "%s lies at %s", token, capture.mailbox());
        Violation.unless(
                token.is(marked ? Token.Status.COMPLETED : Token.Status.OPEN),
                "A capture holds %s, marked is %s",
                token,
                marked);
        present.add(token);
    }

    private void checkToken(GrantEntity row, Set<Token> present) {
        Violation.unless(
                row.waitingToken().isPresent() == row.isHandoverDue(), "%s: due and token differ", row.mailbox());
        row.waitingToken().ifPresent(waiting -> {
            Token token = simulation.rows().token(waiting);
            Violation.unless(token.is(Token.Status.COMPLETED), "The ledger holds %s", token);
            Violation.unless(isOf(token, row.mailbox()), "%s lies at %s", token, row.mailbox());
            Violation.unless(
                    !token.isAccepted() || simulation.unknownStates().isUnknown(row),
                    "%s is kept after its handover",
                    token);
            checkNewest(row, token);
            present.add(token);
        });
    }

    // The alias may have changed since.
    private static boolean isOf(Token token, Mailbox mailbox) {
        return token.mailbox().realmId().equals(mailbox.realmId())
                && token.mailbox().subject().equals(mailbox.subject());
    }

    // Where a sign-in is what the mailbox needs, one that seems a little older counts: the clocks of two nodes differ.
    private void checkNewest(GrantEntity row, Token token) {
        long tolerated = waited.contains(row.id()) ? 0 : CLOCKS_APART.toMillis();
        Long before = lastToken.put(row.id(), token.capturedAt());
        Violation.unless(
                before == null || token.capturedAt() >= before - tolerated, "%s replaced a newer token", token);
    }

    /** A token of a completed login is kept until it is handed over, refused, outlived, or its account unlinked. */
    private void checkKept(Token token, Set<Token> present) {
        boolean counts = token.is(Token.Status.COMPLETED)
                && !token.isSettled()
                && token.epoch() == simulation.reference().epoch(token.mailbox())
                && simulation.reference().owner(token.mailbox()).isPresent()
                && token.capturedAt() > simulation.now() + Simulation.SKEW.toMillis() - FakeNode.RETENTION.toMillis();
        Violation.unless(
                !counts || present.contains(token) || !simulation.reference().isNewest(token), "%s is lost", token);
    }

    /** The history agrees with the state: each change has its entry, and no entry is without its change. */
    private void checkHistory(Rows.Snapshot snapshot, GrantEntity row) {
        if (simulation.unknownStates().isUnknown(row)) {
            return;
        }
        String last = snapshot.lastEvent(row).orElse("NOTHING");
        Set<String> expected = switch (row.state().orElseThrow()) {
            case CONNECTED -> Set.of("CONNECTED", "VALID_AGAIN");
            case RECONNECT -> Set.of("REFUSED", "EXPIRED", "DISCARDED");
            case HELD -> Set.of("HELD");
            case ABSENT -> Set.of("NOTHING", "MISSING", "RELEASED");
        };
        Violation.unless(
                expected.contains(last),
                "%s is %s, but its history ends with %s",
                row.mailbox(),
                row.state().orElseThrow(),
                last);
    }

    private void checkShown(GrantEntity row, ConnectedGrant grant, Map<String, String> holders) {
        Mailbox mailbox = row.mailbox();
        String holder = mailbox.realmId() + "/" + row.userId();
        String other = holders.put(grant.grantId(), holder);
        Violation.unless(
                other == null || other.equals(holder), "%s is shown to %s and %s", grant.grantId(), holder, other);
        Violation.unless(
                !simulation.book().isDeleted(grant.grantId()),
                "%s shows %s, which is deleted",
                mailbox,
                grant.grantId());
        GrantBook.Place place = simulation.book().place(grant.grantId()).orElseThrow();
        Violation.unless(
                place.application().equals(grant.connection().application()),
                "%s is recorded as a grant of %s, but is one of %s",
                grant.grantId(),
                grant.connection().application(),
                place.application());
        Violation.unless(
                ("oid-" + place.mailbox()).equals(row.expectedIdentity().id()),
                "%s, where %s signed in, shows %s, which is of %s",
                mailbox,
                row.expectedIdentity().id(),
                grant.grantId(),
                place.mailbox());
    }

    /** A grant is queued for deletion because something happened, never because something was not found. */
    void checkJustified(DeletionEntity deletion) {
        Mailbox mailbox = deletion.mailbox();
        String user = deletion.userId();
        boolean justified = switch (simulation.rows().snapshot().reason(deletion)) {
            case "UNLINKED" -> simulation.reference().provenAt(mailbox, user).isPresent();
            case "MOVED" -> simulation.reference().wasLinkedToAnother(mailbox, user);
            case "REPLACED" -> isReplaced(deletion);
            default -> true;
        };
        Violation.unless(
                justified,
                "%s of %s is queued for deletion as %s, but nothing happened to %s",
                deletion.grantId(),
                mailbox,
                simulation.rows().snapshot().reason(deletion),
                user);
    }

    // By another sign-in that named another person, or by a grant of another application or of a later time.
    private boolean isReplaced(DeletionEntity deletion) {
        GrantBook.Place place = simulation.book().place(deletion.grantId()).orElseThrow();
        return simulation.reference().tokens().stream()
                .filter(token -> token.is(Token.Status.COMPLETED))
                .filter(token -> isOf(token, deletion.mailbox()))
                .anyMatch(token -> !token.person().equals(place.mailbox()) || token.isAccepted());
    }

    private void checkAttribute(String realm, String user) {
        if (simulation.hasUser(realm, user)) {
            String grantId =
                    simulation.system().keycloak.user(realm, user).attributes().get("nylas_grant_id");
            Violation.unless(
                    grantId == null
                            || simulation
                                    .book()
                                    .place(grantId)
                                    .filter(place -> simulation
                                            .reference()
                                            .wasEverLinked(realm, user, Simulation.account(place.mailbox())))
                                    .isPresent(),
                    "User %s of realm %s shows %s, which was never theirs",
                    user,
                    realm,
                    grantId);
        }
    }

    /** A worker takes no token whose account has lost its link. */
    void checkPrepared(FakeNode.Prepared prepared) {
        Token token = simulation.reference().token(prepared.token()).orElseThrow();
        Violation.unless(
                simulation.reference().isLinked(token.mailbox(), prepared.userId()),
                "%s is handed over for %s, who is not linked",
                token,
                prepared.userId());
    }

    /** What the cleanup must not leave, by the clock of its node. */
    void checkAfterCleanup(long now) {
        Rows.Snapshot snapshot = simulation.rows().snapshot();
        snapshot.captures().stream()
                .filter(capture -> capture.userId() == null && !capture.isSpent())
                .map(capture -> simulation.rows().token(capture.token()))
                .forEach(token -> Violation.unless(
                        token.capturedAt()
                                        + ReferenceModel.LOGIN
                                                .plus(LONGEST_TRANSACTION)
                                                .toMillis()
                                >= now,
                        "%s of an abandoned login is kept",
                        token));
        snapshot.grants().stream()
                .filter(row ->
                        !row.isInFlight(now) && !simulation.unknownStates().isUnknown(row))
                .forEach(row -> row.waitingToken()
                        .ifPresent(token -> Violation.unless(
                                token.capturedAt() >= now - FakeNode.RETENTION.toMillis(),
                                "%s: a token is kept beyond its retention",
                                row.mailbox())));
    }
}
