package io.headrace.benchmarks.sidebyside;

/**
 * Something that a run measures.
 *
 * @param name with its unit
 * @param byClock whether other work on the machine changes it, as it does not change CPU and sizes much
 * @param goal for the ratio of the medians
 */
record Figure(String name, boolean byClock, Goal goal) {

    static Figure cost(String name) {
        return new Figure(name, false, new Goal.Open());
    }

    static Figure byClock(String name) {
        return new Figure(name, true, new Goal.Open());
    }

    Figure atMost(double ratio) {
        return new Figure(name, byClock, new Goal.AtMost(ratio));
    }

    Figure atLeast(double ratio) {
        return new Figure(name, byClock, new Goal.AtLeast(ratio));
    }
}
