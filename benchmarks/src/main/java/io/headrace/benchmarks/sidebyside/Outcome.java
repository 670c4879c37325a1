package io.headrace.benchmarks.sidebyside;

import io.headrace.benchmarks.Spread;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the runs of a scenario say, figure by figure.
 *
 * @param surroundings when, on what and with what they were made
 */
record Outcome(Scenario scenario, String surroundings, List<Run> runs) {

    /** Median and extremes of a figure, over the runs of one contender or over the ratios of neighbouring runs. */
    record Range(double lowest, double median, double highest) {

        static Range of(double... values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            return sorted.length == 0
                    ? new Range(Double.NaN, Double.NaN, Double.NaN)
                    : new Range(sorted[0], Spread.of(sorted).median(), sorted[sorted.length - 1]);
        }

        @Override
        public String toString() {
            return Double.isNaN(median)
                    ? "-"
                    : Spread.text(median) + " (" + Spread.text(lowest) + " .. " + Spread.text(highest) + ")";
        }
    }

    Range of(Contender contender, Figure figure) {
        return Range.of(values(contender, figure));
    }

    /** Headrace's n-th run over the n-th of the other. */
    Range ratio(Contender other, Figure figure) {
        double[] ours = values(Contender.HEADRACE, figure);
        double[] theirs = values(other, figure);
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(ours.length, theirs.length); i++) {
            if (theirs[i] != 0) {
                ratios.add(ours[i] / theirs[i]);
            }
        }
        return Range.of(ratios.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** How many of the runs other work on the machine spoilt. */
    long spoilt() {
        return runs.stream().filter(Run::isSpoilt).count();
    }

    /** The most cores that others kept busy beside a run. */
    double othersCores() {
        return runs.stream().mapToDouble(Run::othersCores).max().orElse(0);
    }

    private double[] values(Contender contender, Figure figure) {
        return runs.stream()
                .filter(run -> run.contender() == contender)
                .mapToDouble(run -> run.values().getOrDefault(figure.name(), Double.NaN))
                .filter(Double::isFinite)
                .toArray();
    }
}
