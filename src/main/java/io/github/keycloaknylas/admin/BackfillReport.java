package io.github.keycloaknylas.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.keycloaknylas.backfill.BackfillCounts;
import io.github.keycloaknylas.backfill.BackfillEntity;
import io.github.keycloaknylas.backfill.BackfillState;
import io.github.keycloaknylas.ledger.BackfillOutcomes;
import java.util.Locale;
import java.util.Map;

/**
 * The progress of the last backfill of an identity provider. Times are milliseconds since the epoch.
 *
 * @param provider alias of the identity provider
 * @param state {@code none}, {@code running}, {@code done}, {@code cancelled}, or {@code unknown} if a newer version
 *     of the extension wrote it
 * @param dryRun whether links are only counted
 * @param rate tokens that are queued per second at most
 * @param total links of the provider when the backfill began
 * @param done links that were looked at
 * @param queued links whose token was queued, or would be without the dry run
 * @param skipped all others, by the reason
 * @param linksPerSecond measured from the beginning
 * @param remainingSeconds estimated from that
 * @param waitsFor why no link is looked at now, as a code
 * @param outcomes what has become of the mailboxes of the provider that this or an earlier backfill has found
 * @param startedBy ID of the administrator
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BackfillReport(
        String provider,
        String state,
        Boolean dryRun,
        Integer rate,
        Long total,
        Long done,
        Long queued,
        Map<String, Long> skipped,
        Double linksPerSecond,
        Long remainingSeconds,
        String waitsFor,
        BackfillOutcomes outcomes,
        Long startedAt,
        String startedBy,
        Long updatedAt,
        Long endedAt) {

    static BackfillReport none(String provider) {
        return new BackfillReport(
                provider, "none", null, null, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    static BackfillReport of(BackfillEntity run, BackfillOutcomes outcomes) {
        BackfillCounts counts = run.counts();
        double perSecond = perSecond(run, counts);
        return new BackfillReport(
                run.alias(),
                run.state().map(BackfillState::name).orElse("unknown").toLowerCase(Locale.ROOT),
                run.isDryRun(),
                run.rate(),
                run.total(),
                counts.walked(),
                counts.queued(),
                counts.skipped(),
                perSecond,
                run.isRunning() && perSecond > 0 ? remaining(run, counts, perSecond) : null,
                run.waitsFor().orElse(null),
                outcomes,
                run.startedAt(),
                run.startedBy(),
                run.updatedAt(),
                run.endedAt().orElse(null));
    }

    private static double perSecond(BackfillEntity run, BackfillCounts counts) {
        long millis = Math.max(1, run.updatedAt() - run.startedAt());
        return Math.round(counts.walked() * 10_000.0 / millis) / 10.0;
    }

    // Links that were added meanwhile may make it more than the total.
    private static long remaining(BackfillEntity run, BackfillCounts counts, double perSecond) {
        return Math.round(Math.max(0, run.total() - counts.walked()) / perSecond);
    }
}
