package io.github.keycloaknylas.delivery;

import io.github.keycloaknylas.attributes.AttributeWriter;
import io.github.keycloaknylas.attributes.StatusEvents;
import io.github.keycloaknylas.config.DeliverySettings;
import io.github.keycloaknylas.ledger.HistorySource;
import io.github.keycloaknylas.ledger.Transactions;
import io.github.keycloaknylas.limits.Backoff;
import io.github.keycloaknylas.limits.CallLimits;
import io.github.keycloaknylas.limits.CircuitBreakers;
import io.github.keycloaknylas.limits.ConcurrencyLimiter;
import io.github.keycloaknylas.limits.OpenBreaker;
import io.github.keycloaknylas.limits.PreparationLimiter;
import io.github.keycloaknylas.links.AccountLinks;
import io.github.keycloaknylas.monitoring.ThrottledWarnings;
import io.github.keycloaknylas.nylas.NylasClient;
import io.github.keycloaknylas.sweep.ChangedUsers;
import io.github.keycloaknylas.sweep.EligibilityCheck;
import io.github.keycloaknylas.sweep.IneligibleMailboxes;
import io.github.keycloaknylas.sweep.LinkCheck;
import io.github.keycloaknylas.sweep.LinkSweep;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Wires the parts of the delivery together. Everything that they depend on can be replaced in a test. */
final class DeliveryParts {

    private static final Logger LOG = Logger.getLogger(DeliveryParts.class);

    final CaptureMerger merger;
    final RowLeases leases;
    final Preparation preparation;
    final HandoverCall handovers;
    final DeletionQueue deletionQueue;
    final DeletionCall deletions;
    final EvidenceProcessor evidence;
    final NoticeProcessor notices;
    final AttributeSync attributes;
    final Cleanup cleanup;
    final LinkSweep sweep;
    final LedgerGauges gauges;
    final NylasCalls calls;
    final ChangedUsers changedUsers;
    private final CircuitBreakers breakers;
    private final Function<HistorySource, GrantLook> looks;
    final NodeHeartbeat heartbeat;
    private final Timing timing;

    /** @param sweepFrom ID of the row before the first one of the sweep */
    DeliveryParts(
            KeycloakStores stores,
            NylasClient nylas,
            DeliverySettings settings,
            Timing timing,
            ThrottledWarnings warnings,
            NoticeBacklog backlog,
            String sweepFrom) {
        this.timing = timing;
        Transactions transactions = stores.transactions();
        AccountLinks links = stores.links();
        Backoff backoff = timing.backoff();
        InstantSource clock = timing.clock();
        breakers = new CircuitBreakers(clock, backoff, settings.deadline(), settings.lease(), settings.lookInterval());
        ConcurrencyLimiter concurrency = new ConcurrencyLimiter(settings.workers());
        CallLimits limits = new CallLimits(breakers, concurrency, timing.rate());
        PreparationLimiter preparations = new PreparationLimiter(settings.workers());
        Applications applications = new Applications(nylas::application, clock);
        Lanes lanes = new Lanes(limits, clock, settings.lookInterval());
        EligibilityCheck eligibility = new EligibilityCheck(stores.eligibility(), warnings);
        AttributeWriter writer = new AttributeWriter(stores.attributes());
        merger = new CaptureMerger(transactions, clock, settings.deletionGrace());
        leases = new RowLeases(transactions, lanes, preparations, clock, settings.lease());
        HandoverConditions conditions = new HandoverConditions(links, backoff, clock, warnings);
        preparation = new Preparation(transactions, conditions, breakers, preparations, backoff, clock);
        HandoverResultHandler result = new HandoverResultHandler(
                new Recorder(transactions, clock, settings.deletionGrace()), backoff, new RefusalCounter(), warnings);
        handovers = new HandoverCall(nylas, applications, limits, lanes, leases, result);
        // Twice as long as for a handover: the applications of two connections may have to be looked up first.
        deletionQueue = new DeletionQueue(
                transactions,
                new DeletionCheck(links, eligibility, clock),
                clock,
                settings.lease().multipliedBy(2));
        deletions = new DeletionCall(nylas, applications, limits, deletionQueue, backoff, warnings);
        evidence = new EvidenceProcessor(transactions, links, clock, settings.deletionGrace(), new UnknownGrants(LOG));
        calls = new NylasCalls(nylas, applications, limits);
        looks = source -> new LookCall(calls, new GrantReports(transactions, clock, warnings, source));
        notices =
                new NoticeProcessor(transactions, look(HistorySource.NYLAS), backlog, backoff, clock, settings.lease());
        attributes = new AttributeSync(
                transactions, backoff, clock, writer, new StatusEvents(transactions, stores.events(), warnings));
        cleanup = new Cleanup(transactions, clock, settings.retention(), warnings);
        IneligibleMailboxes ineligible = new IneligibleMailboxes(links, eligibility, clock);
        LinkCheck check = new LinkCheck(links, ineligible, writer, clock, settings.deletionGrace(), warnings);
        changedUsers = new ChangedUsers(transactions, ineligible);
        heartbeat = new NodeHeartbeat(transactions, clock);
        sweep = new LinkSweep(transactions, check, clock, settings.lookInterval(), sweepFrom);
        gauges = new LedgerGauges(transactions, clock, settings.lookInterval());
    }

    /** @param source what makes this server ask Nylas, for the history */
    GrantLook look(HistorySource source) {
        return looks.apply(source);
    }

    DeliveryWork work() {
        return new DeliveryWork(
                merger,
                new HandoverStep(leases, preparation, handovers, attributes),
                new DeletionStep(deletionQueue, deletions),
                notices,
                evidence,
                attributes,
                timing.clock());
    }

    Upkeep upkeep() {
        return new Upkeep(evidence, changedUsers, attributes, cleanup, sweep, gauges, heartbeat);
    }

    List<OpenBreaker> openBreakers() {
        return breakers.open();
    }

    /** Ends all waits for a turn. */
    void stop() {
        timing.rate().stop();
    }
}
