package io.headrace.benchmarks.sidebyside;

import io.headrace.benchmarks.sidebyside.Outcome.Range;
import java.util.ArrayList;
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
                            outcome.scenario().title() + ", " + outcome.scenario().durability() + ": " + figure.name(),
                            ratio,
                            figure.goal());
                }
            }
        }
        return chart.svg();
    }

    private void row(String label, Range ratio, Goal goal) {
        int y = TOP + rows++ * ROW + ROW / 2;
        add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", LABELS - 10, y + 4, label);
        add("<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#2266aa\" stroke-width=\"3\"/>",
                x(ratio.lowest()), x(ratio.highest()), y, y);
        add("<circle cx=\"%.1f\" cy=\"%d\" r=\"5\" fill=\"#2266aa\"/>", x(ratio.median()), y);
        goalRatio(goal).forEach(at -> add(
                "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#cc3311\" stroke-width=\"2\"/>",
                x(at), x(at), y - ROW / 2 + 3, y + ROW / 2 - 3));
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
        List<String> grid = new ArrayList<>();
        for (double ratio = LOWEST; ratio <= HIGHEST * 1.001; ratio *= 10) {
            grid.add(text("<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"%s\"/>",
                    x(ratio), x(ratio), TOP, bottom, Math.abs(ratio - 1) < 0.001 ? "#000000" : "#cccccc"));
            grid.add(text("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    x(ratio), TOP - 8, String.format(Locale.ROOT, "%.3g", ratio)));
        }
        return text("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">%n",
                        LABELS + PLOT + 30, bottom + 30)
                + "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
                + String.join("\n", grid) + "\n" + body
                + text("<text x=\"%d\" y=\"%d\">Headrace / Apache Kafka (black line: equal; red: goal)</text>%n</svg>%n",
                        LABELS, bottom + 20);
    }

    private void add(String format, Object... arguments) {
        body.append(text(format, arguments)).append('\n');
    }

    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
