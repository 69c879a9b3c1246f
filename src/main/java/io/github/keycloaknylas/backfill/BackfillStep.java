package io.github.keycloaknylas.backfill;

import io.github.keycloaknylas.links.StoredLinks;
import io.github.keycloaknylas.links.UserEligibility;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * Looks at the next links of a run, in one transaction with their tokens and the position: whenever the node is killed,
 * no link is looked at twice and none is left out.
 */
final class BackfillStep {

    static final int LARGEST_PAGE = 100;
    /** So that at a low rate, too, the next page follows within seconds. */
    private static final int PAGE_SECONDS = 5;

    private static final Duration OBSTACLE = Duration.ofSeconds(10);
    private static final BackfillObstacle FAILED = BackfillObstacle.of("page_failed", "A page failed and is repeated.");

    private final StoredLinks links;
    private final UserEligibility eligibility;
    private final InstantSource clock;
    private final Duration lease;
    private final String node;

    /**
     * What a step of a run of this node has done.
     *
     * @param realm name of the realm, or its ID if it does not exist any more
     * @param run as it is now, detached
     * @param obstacle why no link was looked at
     * @param pause until the next step
     */
    record Result(String realm, BackfillEntity run, Optional<BackfillObstacle> obstacle, Duration pause) {}

    /**
     * @param lease how long a run belongs to the node after a step; longer than a step and its pause take
     * @param node random ID of this node
     */
    BackfillStep(StoredLinks links, UserEligibility eligibility, InstantSource clock, Duration lease, String node) {
        this.links = links;
        this.eligibility = eligibility;
        this.clock = clock;
        this.lease = lease;
        this.node = node;
    }

    /** Makes the step, unless the run has ended or another node has it. */
    Optional<Result> make(KeycloakSession session, String hash) {
        long now = clock.millis();
        return leased(session, hash, now).map(run -> make(session, run, now));
    }

    /** Records that a step of this node failed, unless the run has ended or another node has it. */
    Optional<Result> fail(KeycloakSession session, String hash) {
        long now = clock.millis();
        return leased(session, hash, now)
                .map(run -> waiting(nameOf(session.realms().getRealm(run.realmId()), run), run, FAILED, now));
    }

    private Optional<BackfillEntity> leased(KeycloakSession session, String hash, long now) {
        BackfillRows rows = BackfillRows.of(session);
        return rows.lease(hash, node, now, now + lease.toMillis()) ? rows.find(hash) : Optional.empty();
    }

    private static String nameOf(RealmModel realm, BackfillEntity run) {
        return realm == null ? run.realmId() : realm.getName();
    }

    private Result make(KeycloakSession session, BackfillEntity run, long now) {
        RealmModel realm = session.realms().getRealm(run.realmId());
        session.getContext().setRealm(realm);
        String name = nameOf(realm, run);
        if (realm == null) {
            // No administrator can cancel it any more.
            run.end(BackfillState.CANCELLED, now);
            return new Result(name, run, Optional.empty(), OBSTACLE);
        }
        Optional<BackfillObstacle> obstacle = BackfillConditions.obstacle(session, realm, run.alias());
        if (obstacle.isPresent()) {
            return waiting(name, run, obstacle.get(), now);
        }
        BackfillSettings settings = BackfillSettings.of(session, realm, run.alias());
        Optional<BackfillObstacle> delay =
                run.isDryRun() ? Optional.empty() : BackfillConditions.delay(session, run, settings.mapper());
        return delay.map(found -> waiting(name, run, found, now))
                .orElseGet(() -> walk(session, name, run, settings, now));
    }

    private static Result waiting(String realm, BackfillEntity run, BackfillObstacle obstacle, long now) {
        run.waitFor(obstacle.code(), now);
        return new Result(realm, run, Optional.of(obstacle), OBSTACLE);
    }

    private Result walk(
            KeycloakSession session, String realm, BackfillEntity run, BackfillSettings settings, long now) {
        StoredLinks.Page page = links.after(session, run.realmId(), run.alias(), run.lastUserId(), pageSize(run));
        BackfillCounts found = new BackfillPage(session, links, eligibility, run, settings, now).look(page.links());
        run.walked(found, page.next(), now);
        Duration pause = run.isDryRun() ? Duration.ZERO : Duration.ofMillis(found.queued() * 1000 / run.rate());
        return new Result(realm, run, Optional.empty(), pause);
    }

    private static int pageSize(BackfillEntity run) {
        return run.isDryRun() ? LARGEST_PAGE : Math.min(LARGEST_PAGE, run.rate() * PAGE_SECONDS);
    }
}
