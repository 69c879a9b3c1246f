package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.capture.Captures;
import io.github.keycloaknylas.capture.Seal;
import io.github.keycloaknylas.ledger.DeletionReason;
import io.github.keycloaknylas.ledger.Evidence;
import io.github.keycloaknylas.ledger.EvidenceEntity;
import io.github.keycloaknylas.ledger.EvidenceType;
import io.github.keycloaknylas.ledger.GrantEntity;
import io.github.keycloaknylas.ledger.History;
import io.github.keycloaknylas.ledger.HistoryCause;
import io.github.keycloaknylas.ledger.HistorySource;
import io.github.keycloaknylas.ledger.Ledger;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.ledger.Outcomes;
import io.github.keycloaknylas.ledger.SealedToken;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.ledger.Transitions;
import io.github.keycloaknylas.links.AccountLinks;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;

/** Ends mailboxes whose account was unlinked or whose user was removed, as NYLAS_EVIDENCE proves. */
final class EvidenceProcessor {

    private static final Logger LOG = Logger.getLogger(EvidenceProcessor.class);
    private static final int BATCH = 50;
    /** Maximum number of marked captures to search; with more, the evidence waits until they are merged. */
    private static final int CAPTURES = 500;

    private final Transactions transactions;
    private final AccountLinks links;
    private final InstantSource clock;
    private final Duration grace;
    private final UnknownGrants unknownGrants;
    private final AtomicBoolean processing = new AtomicBoolean();

    EvidenceProcessor(
            Transactions transactions,
            AccountLinks links,
            InstantSource clock,
            Duration grace,
            UnknownGrants unknownGrants) {
        this.transactions = transactions;
        this.links = links;
        this.clock = clock;
        this.grace = grace;
        this.unknownGrants = unknownGrants;
    }

    /** Processes all evidence, unless another worker of this node is already doing so. */
    void process() {
        if (!processing.compareAndSet(false, true)) {
            return;
        }
        try {
            Evidence.Cursor last = Evidence.Cursor.START;
            List<Evidence.Cursor> page;
            do {
                Evidence.Cursor after = last;
                page = transactions.call(session -> Evidence.of(session).after(after, BATCH));
                page.forEach(this::processOne);
                last = page.isEmpty() ? last : page.get(page.size() - 1);
            } while (page.size() == BATCH);
        } finally {
            processing.set(false);
        }
    }

    private void processOne(Evidence.Cursor found) {
        try {
            transactions.run(
                    session -> Evidence.of(session).find(found.id()).ifPresent(known -> process(session, known)));
        } catch (RuntimeException | LinkageError e) {
            LOG.debugf(e, "Evidence %s is processed at the next look", found.id());
        }
    }

    private void process(KeycloakSession session, EvidenceEntity evidence) {
        if (evidence.type().isPresent() && !isAheadOfCapture(session, evidence) && settle(session, evidence)) {
            Evidence.of(session).remove(evidence);
        }
    }

    // A login may have completed before the event and not be merged yet: its row would outlive the evidence.
    private static boolean isAheadOfCapture(KeycloakSession session, EvidenceEntity evidence) {
        return Captures.of(session)
                .anyMarked(
                        capture -> evidence.realmId().equals(capture.mailbox().realmId())
                                && evidence.userId().equals(capture.userId()),
                        CAPTURES);
    }

    /** Returns whether the evidence is used up; otherwise it is processed again. */
    private boolean settle(KeycloakSession session, EvidenceEntity evidence) {
        Transactions.bind(session, evidence.realmId());
        Ledger ledger = Ledger.of(session);
        HistoryCause cause = cause(evidence.type().orElseThrow());
        return switch (evidence.type().orElseThrow()) {
            // Counted, so that a mailbox that is being handed over does not hold up the others.
            case USER_REMOVED ->
                ledger.ofUser(evidence.realmId(), evidence.userId()).stream()
                                        .filter(row -> !end(session, ledger, row, cause))
                                        .count()
                                == 0
                        && !ledger.hasUnknownState(evidence.realmId(), evidence.userId());
            case LINK_REMOVED, CONFIRMED -> settle(ledger, evidence, row -> end(session, ledger, row, cause));
            case LINK_RENAMED -> settle(ledger, evidence, row -> rename(session, ledger, row, evidence.newAlias()));
        };
    }

    private static boolean settle(Ledger ledger, EvidenceEntity evidence, Predicate<GrantEntity> change) {
        Mailbox mailbox = new Mailbox(evidence.realmId(), evidence.alias(), evidence.subject());
        return !ledger.isInUnknownState(mailbox)
                && ledger.find(mailbox)
                        .filter(row -> row.userId().equals(evidence.userId()))
                        .map(change::test)
                        .orElse(true);
    }

    private boolean rename(KeycloakSession session, Ledger ledger, GrantEntity row, String newAlias) {
        Mailbox now =
                new Mailbox(row.mailbox().realmId(), newAlias, row.mailbox().subject());
        if (ledger.isInUnknownState(now)) {
            return false;
        }
        if (ledger.find(now).isPresent()) {
            return end(session, ledger, row, cause(EvidenceType.LINK_RENAMED));
        }
        History.of(session).renamed(row.mailbox(), now);
        Optional<SealedToken> token =
                row.waitingToken().map(waiting -> Seal.move(session, waiting, row.mailbox(), now));
        Transitions.renamed(row, newAlias, token, clock.millis());
        return true;
    }

    private boolean end(KeycloakSession session, Ledger ledger, GrantEntity row, HistoryCause cause) {
        if (isLinkedAgain(session, row)) {
            return true;
        }
        long now = clock.millis();
        if (row.isInFlight(now)) {
            Outcomes.of(session).unlinkedInFlight(row, cause, now);
            return false;
        }
        unknownGrants.report(session, row);
        ledger.end(row, DeletionReason.UNLINKED, cause, now + grace.toMillis(), now);
        return true;
    }

    private static HistoryCause cause(EvidenceType type) {
        return switch (type) {
            case LINK_REMOVED -> new HistoryCause("unlinked", HistorySource.KEYCLOAK);
            case LINK_RENAMED -> new HistoryCause("renamed", HistorySource.KEYCLOAK);
            case USER_REMOVED -> new HistoryCause("user_removed", HistorySource.KEYCLOAK);
            case CONFIRMED -> new HistoryCause("confirmed", HistorySource.ADMINISTRATOR);
        };
    }

    private boolean isLinkedAgain(KeycloakSession session, GrantEntity row) {
        Mailbox mailbox = row.mailbox();
        AccountLinks.Answer link = links.read(session, mailbox.realmId(), row.userId(), mailbox.alias());
        return link.status() == AccountLinks.Status.LINKED && mailbox.subject().equals(link.subject());
    }
}
