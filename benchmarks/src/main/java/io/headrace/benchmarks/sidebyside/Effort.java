package io.headrace.benchmarks.sidebyside;

import java.time.Duration;

/**
 * How much work a comparison may be.
 *
 * @param rounds measured runs of each contender
 * @param repetitions how many further runs may take the place of spoilt ones, for each contender
 * @param share of the full load that a run puts on a broker; 1 is a measurement, less only shows that it works
 */
record Effort(int rounds, int repetitions, double share) {

    static final Effort QUICK = new Effort(1, 0, 0.02);

    /** So many things at full effort; at least one. */
    int of(int full) {
        return (int) Math.max(1, Math.round(full * share));
    }

    Duration of(Duration full) {
        return Duration.ofMillis(Math.max(200, Math.round(full.toMillis() * share)));
    }
}
