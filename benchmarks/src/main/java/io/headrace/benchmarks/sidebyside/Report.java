package io.headrace.benchmarks.sidebyside;

import io.headrace.benchmarks.Table;
import io.headrace.benchmarks.sidebyside.Outcome.Range;
import java.util.List;

/** The outcomes as Markdown: a table of goals, and one with every figure. */
record Report(List<Outcome> outcomes) {

    /** A row for each promise. */
    String goals() {
        Table table = new Table("", "durability", "figure", "Headrace / Kafka", "goal", "");
        for (Outcome outcome : outcomes) {
            for (Figure figure : outcome.scenario().figures()) {
                if (!(figure.goal() instanceof Goal.Open)) {
                    Range ratio = outcome.ratio(Contender.KAFKA, figure);
                    table.row(
                            outcome.scenario().title(),
                            outcome.scenario().durability(),
                            figure.name(),
                            ratio,
                            figure.goal().text(),
                            figure.goal().judge(ratio.median()) + note(outcome, figure));
                }
            }
        }
        return table.toString();
    }

    /** All that was measured; the last column is for the contenders beyond the two. */
    String figures() {
        Table table = new Table("", "durability", "figure", "Headrace", "Apache Kafka", "ratio", "others");
        for (Outcome outcome : outcomes) {
            for (Figure figure : outcome.scenario().figures()) {
                table.row(
                        "`" + outcome.scenario().name() + "`",
                        outcome.scenario().durability(),
                        figure.name() + note(outcome, figure),
                        outcome.of(Contender.HEADRACE, figure),
                        outcome.of(Contender.KAFKA, figure),
                        outcome.ratio(Contender.KAFKA, figure),
                        others(outcome, figure));
            }
        }
        return table.toString();
    }

    private static String others(Outcome outcome, Figure figure) {
        StringBuilder text = new StringBuilder();
        for (Contender contender : outcome.scenario().contenders()) {
            if (contender != Contender.HEADRACE && contender != Contender.KAFKA) {
                text.append(contender)
                        .append(": ")
                        .append(outcome.of(contender, figure))
                        .append(' ');
            }
        }
        return text.toString().trim();
    }

    /** Says of a figure that is read from the clock that the machine had other work. */
    private static String note(Outcome outcome, Figure figure) {
        return figure.byClock() && outcome.spoilt() > 0
                ? String.format(
                        " (%d of %d runs spoilt)",
                        outcome.spoilt(), outcome.runs().size())
                : "";
    }
}
