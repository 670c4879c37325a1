package io.headrace.benchmarks.sidebyside;

import io.headrace.benchmarks.Spread;
import io.headrace.benchmarks.Table;
import io.headrace.benchmarks.sidebyside.Outcome.Range;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The outcomes as Markdown: how they came about, a table of goals, and one with every figure.
 *
 * @param missing names of the scenarios that have no outcome
 */
record Report(List<Outcome> outcomes, List<String> missing) {

    static Report of(List<Scenario> scenarios, List<Outcome> outcomes) {
        List<String> missing =
                new ArrayList<>(scenarios.stream().map(Scenario::name).toList());
        outcomes.forEach(outcome -> missing.remove(outcome.scenario().name()));
        return new Report(outcomes, missing);
    }

    /** A line for each set of scenarios that were run under the same circumstances. */
    String surroundings() {
        Map<String, List<Outcome>> groups = outcomes.stream()
                .collect(Collectors.groupingBy(Outcome::surroundings, LinkedHashMap::new, Collectors.toList()));
        StringBuilder text = new StringBuilder();
        groups.forEach((surroundings, group) -> text.append(String.format(
                "- %s; others kept at most %s cores busy beside a run: %s%n",
                surroundings,
                Spread.text(
                        group.stream().mapToDouble(Outcome::othersCores).max().orElse(0)),
                names(group.stream().map(outcome -> outcome.scenario().name()).toList()))));
        if (!missing.isEmpty()) {
            text.append("- not run: ").append(names(missing)).append('\n');
        }
        return text.toString();
    }

    private static String names(List<String> scenarios) {
        return scenarios.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
    }

    /** A row for each promise. */
    String goals() {
        Table table = new Table("", "durability", "figure", "Headrace / Kafka", "goal", "", "others");
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
                            figure.goal().judge(ratio.median()) + note(outcome, figure),
                            besideOthers(outcome, figure));
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

    /** The ratios to the contenders beyond the two. */
    private static String besideOthers(Outcome outcome, Figure figure) {
        return text(outcome, contender -> outcome.ratio(contender, figure));
    }

    private static String others(Outcome outcome, Figure figure) {
        return text(outcome, contender -> outcome.of(contender, figure));
    }

    private static String text(Outcome outcome, Function<Contender, Range> range) {
        return outcome.scenario().contenders().stream()
                .filter(contender -> contender != Contender.HEADRACE && contender != Contender.KAFKA)
                .map(contender -> contender + ": " + range.apply(contender))
                .collect(Collectors.joining("; "));
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
