package io.headrace.benchmarks.sidebyside;

import io.headrace.benchmarks.sidebyside.Outcome.Range;
import java.util.List;
import java.util.Locale;

/**
 * The ratios that have a goal as an SVG: a dot for the median, a line from the lowest to the highest, a tick for the goal.
 * The scale is logarithmic, with Apache Kafka at 1.
 */
final class RatioChart {

    private static final int ROW = 26;
    private static final int LABELS = 520;
    private static final int PLOT = 420;
    private static final int TOP = 40;
    private static final double LOWEST = 0.01;
    private static final double HIGHEST = 100;

    private final StringBuilder body = new StringBuilder();
    private int rows;

    private RatioChart() {}

    static String of(List<Outcome> outcomes) {
        RatioChart chart = new RatioChart();
        for (Outcome outcome : outcomes) {
            for (Figure figure : outcome.scenario().figures()) {
                Range ratio = outcome.ratio(Contender.KAFKA, figure);
                if (!(figure.goal() instanceof Goal.Open) && Double.isFinite(ratio.median())) {
                    chart.row(
                            outcome.scenario().title() + ", "
                                    + outcome.scenario().durability() + ": " + figure.name(),
                            ratio,
                            figure.goal());
                }
            }
        }
        return chart.svg();
    }

    private void row(String label, Range ratio, Goal goal) {
        double y = TOP + rows++ * ROW + ROW / 2.0;
        text(LABELS - 10, y + 4, "end", label);
        line(x(ratio.lowest()), y, x(ratio.highest()), y, "#2266aa", 3);
        body.append(String.format(
                Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"5\" fill=\"#2266aa\"/>%n", x(ratio.median()), y));
        for (double at : goalRatio(goal)) {
            line(x(at), y - ROW / 2.0 + 3, x(at), y + ROW / 2.0 - 3, "#cc3311", 2);
        }
    }

    private static List<Double> goalRatio(Goal goal) {
        return switch (goal) {
            case Goal.Open() -> List.of();
            case Goal.AtMost(double ratio) -> List.of(ratio);
            case Goal.AtLeast(double ratio) -> List.of(ratio);
        };
    }

    private static double x(double ratio) {
        double bounded = Math.clamp(ratio, LOWEST, HIGHEST);
        return LABELS + PLOT * Math.log(bounded / LOWEST) / Math.log(HIGHEST / LOWEST);
    }

    private String svg() {
        int bottom = TOP + rows * ROW;
        for (double ratio = LOWEST; ratio <= HIGHEST * 1.001; ratio *= 10) {
            line(x(ratio), TOP, x(ratio), bottom, Math.abs(ratio - 1) < 0.001 ? "#000000" : "#cccccc", 1);
            text(x(ratio), TOP - 8, "middle", String.format(Locale.ROOT, "%.3g", ratio));
        }
        text(LABELS, bottom + 20, "start", "Headrace / Apache Kafka (black line: equal; red: goal)");
        String head = String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">%n",
                LABELS + PLOT + 30,
                bottom + 30);
        return head + "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n" + body + "</svg>\n";
    }

    private void line(double x1, double y1, double x2, double y2, String colour, int width) {
        body.append(String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%d\"/>%n",
                x1,
                y1,
                x2,
                y2,
                colour,
                width));
    }

    private void text(double x, double y, String anchor, String words) {
        body.append(String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, words));
    }
}
