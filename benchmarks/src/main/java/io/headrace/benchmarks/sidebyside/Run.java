package io.headrace.benchmarks.sidebyside;

import java.util.Map;

/**
 * What one run of one contender gave.
 *
 * @param othersCores how many cores were kept busy by neither the broker nor its load
 */
record Run(Contender contender, Map<String, Double> values, double othersCores) {

    /** Above this the clock says more about the machine than about the broker. */
    private static final double SPOILT_CORES = 0.3;

    boolean isSpoilt() {
        return othersCores > SPOILT_CORES;
    }
}
