package io.headrace.benchmarks.sidebyside;

import io.headrace.benchmarks.Spread;

/** What Headrace's figure is to be, as a multiple of Apache Kafka's in the same comparison. */
sealed interface Goal {

    /** Reported, with nothing promised. */
    record Open() implements Goal {}

    record AtMost(double ratio) implements Goal {}

    record AtLeast(double ratio) implements Goal {}

    /** What a table says of the ratio that was measured. */
    default String judge(double measured) {
        return switch (this) {
            case Open() -> "";
            case AtMost(double ratio) -> verdict(measured <= ratio, measured / ratio);
            case AtLeast(double ratio) -> verdict(measured >= ratio, ratio / measured);
        };
    }

    default String text() {
        return switch (this) {
            case Open() -> "";
            case AtMost(double ratio) -> "≤ " + Spread.text(ratio);
            case AtLeast(double ratio) -> "≥ " + Spread.text(ratio);
        };
    }

    private static String verdict(boolean met, double missedBy) {
        return met ? "met" : "missed by " + Spread.text(missedBy);
    }
}
