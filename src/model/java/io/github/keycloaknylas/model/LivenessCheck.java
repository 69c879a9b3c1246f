package io.github.keycloaknylas.model;

import io.github.keycloaknylas.delivery.FakeNode;
import io.github.keycloaknylas.ledger.ConnectedGrant;
import io.github.keycloaknylas.ledger.DeletionEntity;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.GrantState;
import io.github.keycloaknylas.ledger.Mailbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything works again, everybody signs in once more, and time passes: then nothing may wait any more, and all is as
 * it should be.
 */
final class LivenessCheck {

    private static final Duration STEP = Duration.ofHours(8);
    private static final int STEPS = 14;
    private static final Duration MORE_THAN_A_DAY = Duration.ofHours(25);
    /** A token this young cannot outlive its retention before it is handed over: no wait is longer than a step. */
    private static final Duration YOUNG = FakeNode.RETENTION.minus(STEP).minus(Simulation.SKEW);

    private static final List<GrantState> ANSWERED =
            List.of(GrantState.CONNECTED, GrantState.RECONNECT, GrantState.HELD);

    private final Simulation simulation;
    private int logins = 1_000_000;

    LivenessCheck(Simulation simulation) {
        this.simulation = simulation;
    }

    void check() {
        repair();
        simulation.nodes().forEach(node -> node.workers().merge());
        Set<String> young = youngTokens();
        workUntilNothingWaits(false);
        checkYoung(young);
        new GrantTruth(simulation).checkOnceItIsKnown();
        simulation.pass(MORE_THAN_A_DAY);
        simulation.reference().links().forEach(this::signIn);
        workUntilNothingWaits(true);
        checkEnd();
    }

    private void repair() {
        Simulation.REALMS.forEach(realm -> {
            simulation.provider(realm, ProviderSetup.STANDARD);
            Simulation.USERS.stream()
                    .filter(user -> simulation.hasUser(realm, user))
                    .forEach(user ->
                            simulation.system().keycloak.user(realm, user).refuseWrites(false));
        });
        simulation.sealKey(true);
        simulation.directory(true);
        simulation.nylas().silent(false);
        simulation.unknownStates().giveBack();
        simulation.node(0).restart();
    }

    private Set<String> youngTokens() {
        return simulation.rows().snapshot().grants().stream()
                .filter(row -> row.waitingToken()
                        .filter(token -> token.capturedAt() > simulation.now() - YOUNG.toMillis())
                        .isPresent())
                .filter(this::isLinked)
                .map(GrantEntity::id)
                .collect(Collectors.toSet());
    }

    private void checkYoung(Set<String> young) {
        simulation.rows().snapshot().grants().stream()
                .filter(row -> young.contains(row.id()))
                .forEach(row -> Violation.unless(
                        row.is(GrantState.CONNECTED) || row.is(GrantState.HELD),
                        "%s: a young token came to nothing, but to %s",
                        row.mailbox(),
                        row.state()));
    }

    private void signIn(Mailbox mailbox, String user) {
        int login = ++logins;
        Account account = new Account(mailbox.realmId(), mailbox.subject());
        new LoginSteps.ReceiveToken(login, 0, account, account.name(), account.name(), true).run(simulation);
        new LoginSteps.CompleteLogin(login, 0, user, false, true, false).run(simulation);
        simulation.rules().check();
    }

    private void workUntilNothingWaits(boolean forDeletions) {
        int steps = 0;
        do {
            simulation.pass(STEP);
            // Grants may be left at either application that the connection had a key of.
            if (forDeletions) {
                simulation.options().with(SystemUnderTest.API_KEY, steps % 2 == 0 ? "server-key-0" : "server-key-2");
            }
            work(simulation.node(steps % 2));
        } while (waits(forDeletions) && ++steps < STEPS);
    }

    private boolean waits(boolean forDeletions) {
        Rows.Snapshot snapshot = simulation.rows().snapshot();
        return !snapshot.captures().isEmpty()
                || !snapshot.evidence().isEmpty()
                || snapshot.grants().stream().anyMatch(row -> row.isHandoverDue() || mustBeWritten(row))
                || forDeletions && snapshot.deletions().stream().anyMatch(deletion -> mustBeDone(deletion, snapshot));
    }

    // Only what has something to do: thousands of cases end here.
    private void work(Node node) {
        FakeNode workers = node.workers();
        node.leased().clear();
        node.prepared().clear();
        node.deletions().clear();
        if (!simulation.rows().snapshot().captures().isEmpty()) {
            workers.merge();
            simulation.notifications().cleanUp(node);
        }
        if (simulation.rows().snapshot().grants().stream().anyMatch(GrantEntity::isHandoverDue)) {
            handOverAll(workers);
            simulation.notifications().cleanUp(node);
        }
        if (!simulation.rows().snapshot().evidence().isEmpty()) {
            workers.processEvidence();
        }
        workers.sweep();
        if (simulation.rows().snapshot().grants().stream().anyMatch(GrantEntity::isAttributeDue)) {
            workers.syncAttributes();
        }
        if (!simulation.rows().snapshot().deletions().stream().allMatch(DeletionEntity::isDone)) {
            deleteAll(workers);
        }
        simulation.rules().check();
    }

    private void handOverAll(FakeNode workers) {
        for (Optional<FakeNode.Leased> next = workers.lease(); next.isPresent(); next = workers.lease()) {
            next.flatMap(workers::prepare).ifPresent(prepared -> handOver(workers, prepared));
        }
    }

    private static void deleteAll(FakeNode workers) {
        for (Optional<FakeNode.Deletion> next = workers.leaseDeletion();
                next.isPresent();
                next = workers.leaseDeletion()) {
            workers.delete(next.get());
        }
    }

    private void handOver(FakeNode workers, FakeNode.Prepared prepared) {
        workers.handOver(prepared);
        simulation
                .grants()
                .recorded(simulation.rows().snapshot().row(prepared.leased().rowId()));
    }

    private void checkEnd() {
        Rows.Snapshot snapshot = simulation.rows().snapshot();
        Violation.unless(snapshot.captures().isEmpty(), "A capture is left for ever");
        Violation.unless(snapshot.evidence().isEmpty(), "Evidence is left for ever");
        snapshot.deletions().forEach(deletion -> checkDone(deletion, snapshot));
        snapshot.grants().forEach(this::checkSettled);
        simulation.reference().links().forEach((mailbox, user) -> checkServed(mailbox, user, snapshot));
        simulation.reference().tokens().forEach(token -> checkEnded(token, snapshot));
        simulation.grants().checkNoneIsLeft(snapshot);
        Simulation.REALMS.forEach(realm -> Simulation.USERS.forEach(user -> checkAttribute(realm, user, snapshot)));
    }

    private void checkDone(DeletionEntity deletion, Rows.Snapshot snapshot) {
        Violation.unless(
                !mustBeDone(deletion, snapshot),
                "%s of %s is never deleted: %s",
                deletion.grantId(),
                deletion.mailbox(),
                deletion.failure());
    }

    // Of a linked user who is held back, nobody can tell yet which grant is to stay.
    private boolean mustBeDone(DeletionEntity deletion, Rows.Snapshot snapshot) {
        return !deletion.isDone()
                && !(deletion.isLoss()
                        && simulation.reference().owner(deletion.mailbox()).isPresent()
                        && snapshot.row(deletion.mailbox())
                                .filter(row -> row.is(GrantState.HELD))
                                .isPresent());
    }

    // The row of a link that is gone without evidence stays, and an administrator decides.
    private void checkSettled(GrantEntity row) {
        Violation.unless(!row.isHandoverDue(), "%s waits for ever", row.mailbox());
        Violation.unless(!mustBeWritten(row), "%s: the attribute is never written", row.mailbox());
        Violation.unless(
                isLinked(row)
                        || simulation.reference().owner(row.mailbox()).isEmpty()
                                && !simulation.reference().isEndedByProof(row.mailbox(), row.userId()),
                "%s is left for %s, but linked to %s",
                row.mailbox(),
                row.userId(),
                simulation.reference().owner(row.mailbox()));
    }

    private void checkServed(Mailbox mailbox, String user, Rows.Snapshot snapshot) {
        GrantEntity row = snapshot.row(mailbox).orElseThrow(() -> new Violation(mailbox + " has no row"));
        Violation.unless(row.userId().equals(user), "%s is of %s, not of %s", mailbox, row.userId(), user);
        if (row.is(GrantState.HELD)) {
            Violation.unless(
                    row.grant().isEmpty() || row.ownGrant().isPresent() || isHeldByAnother(row, snapshot),
                    "%s is held, but nobody else has its grant",
                    mailbox);
        } else {
            Violation.unless(row.is(GrantState.CONNECTED), "%s has signed in and is %s", mailbox, row.state());
            Violation.unless(
                    row.shownGrant()
                            .map(ConnectedGrant::grantId)
                            .flatMap(simulation.book()::place)
                            .filter(place -> place.mailbox().equals(mailbox.subject()))
                            .isPresent(),
                    "%s shows %s",
                    mailbox,
                    row.shownGrant());
        }
    }

    // Where the provider is gone, nobody knows the name of an attribute that was not written before.
    private boolean mustBeWritten(GrantEntity row) {
        return row.isAttributeDue()
                && row.mailbox().alias().equals(simulation.alias(row.mailbox().realmId()));
    }

    private static boolean isHeldByAnother(GrantEntity row, Rows.Snapshot snapshot) {
        return snapshot.holding(row.grant().orElseThrow().grantId()).stream()
                .anyMatch(other -> !other.userId().equals(row.userId())
                        || !other.mailbox().realmId().equals(row.mailbox().realmId()));
    }

    // Whoever completed a login and was linked ever since has got an answer. An older token does not win, even if an
    // unlink has erased the newer one meanwhile.
    private void checkEnded(Token token, Rows.Snapshot snapshot) {
        if (token.is(Token.Status.COMPLETED)
                && simulation.reference().isNewest(token)
                && token.epoch() == simulation.reference().epoch(token.mailbox())
                && simulation.reference().owner(token.mailbox()).isPresent()) {
            Optional<GrantState> state = snapshot.row(token.mailbox()).flatMap(GrantEntity::state);
            Violation.unless(state.filter(ANSWERED::contains).isPresent(), "%s came to %s", token, state);
        }
    }

    private void checkAttribute(String realm, String user, Rows.Snapshot snapshot) {
        if (simulation.hasUser(realm, user)) {
            List<GrantEntity> rows = snapshot.grants().stream()
                    .filter(row -> row.mailbox().realmId().equals(realm)
                            && row.userId().equals(user))
                    .filter(row -> row.shownGrant().isPresent())
                    .toList();
            Set<String> shown = rows.stream()
                    .map(row -> row.shownGrant().orElseThrow().grantId())
                    .collect(Collectors.toSet());
            Map<String, String> attributes =
                    simulation.system().keycloak.user(realm, user).attributes();
            String attribute = attributes.get("nylas_grant_id");
            Violation.unless(
                    attribute == null ? rows.stream().allMatch(GrantEntity::isAttributeDue) : shown.contains(attribute),
                    "User %s of realm %s shows %s, and the ledger says %s",
                    user,
                    realm,
                    attribute,
                    shown);
            checkStatus(realm, user, attributes.get("nylas_grant_status"), snapshot);
        }
    }

    private static void checkStatus(String realm, String user, String attribute, Rows.Snapshot snapshot) {
        List<GrantEntity> rows = snapshot.grants().stream()
                .filter(row ->
                        row.mailbox().realmId().equals(realm) && row.userId().equals(user))
                .filter(row -> row.shownStatus().isPresent())
                .toList();
        Set<String> statuses =
                rows.stream().map(row -> row.shownStatus().orElseThrow().text()).collect(Collectors.toSet());
        Violation.unless(
                attribute == null ? rows.stream().allMatch(GrantEntity::isAttributeDue) : statuses.contains(attribute),
                "User %s of realm %s has the status %s, and the ledger says %s",
                user,
                realm,
                attribute,
                statuses);
    }

    private boolean isLinked(GrantEntity row) {
        return simulation.reference().isLinked(row.mailbox(), row.userId());
    }
}
