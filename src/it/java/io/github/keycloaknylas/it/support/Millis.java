package io.github.keycloaknylas.it.support;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Durations that were measured, and what figures are made of them. */
public final class Millis {

    private final List<Long> all = new ArrayList<>();

    public void add(Duration taken) {
        all.add(taken.toMillis());
    }

    public int size() {
        return all.size();
    }

    public long median() {
        return percentile(50);
    }

    /** The median of the differences, each to the measurement made right before or after it. */
    public long medianOver(Millis other) {
        Millis differences = new Millis();
        for (int i = 0; i < Math.min(all.size(), other.all.size()); i++) {
            differences.all.add(all.get(i) - other.all.get(i));
        }
        return differences.median();
    }

    private long percentile(int percent) {
        List<Long> sorted = all.stream().sorted().toList();
        int rank = (int) Math.ceil(percent / 100.0 * sorted.size());
        return sorted.get(Math.max(0, rank - 1));
    }

    /** {@code median / p95 (least to most)}. */
    @Override
    public String toString() {
        return "%d / %d (%d to %d)".formatted(median(), percentile(95), percentile(0), percentile(100));
    }
}
