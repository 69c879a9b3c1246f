package io.github.keycloaknylas.backfill;

import java.util.Map;
import java.util.TreeMap;

/**
 * What was found at links.
 *
 * @param walked links that were looked at
 * @param queued links whose token was queued, or would have been in a dry run
 * @param skipped all others, by the reason
 */
public record BackfillCounts(long walked, long queued, Map<String, Long> skipped) {

    static final BackfillCounts NONE = new BackfillCounts(0, 0, Map.of());

    static final BackfillCounts QUEUED = new BackfillCounts(1, 1, Map.of());

    static BackfillCounts skipped(SkipReason reason) {
        return new BackfillCounts(1, 0, Map.of(reason.reported(), 1L));
    }

    BackfillCounts plus(BackfillCounts other) {
        Map<String, Long> sum = new TreeMap<>(skipped);
        other.skipped.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
        return new BackfillCounts(walked + other.walked, queued + other.queued, sum);
    }
}
