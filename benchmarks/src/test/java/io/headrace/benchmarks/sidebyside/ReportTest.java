package io.headrace.benchmarks.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.benchmarks.sidebyside.Outcome.Range;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    private static final Scenario SCENARIO = new SingleRecords(1, Durability.NEITHER);
    private static final String CPU = SCENARIO.figures().getFirst().name();
    private static final String P99 = "acknowledged p99 ms";

    private static Run run(Contender contender, double cpu, double othersCores) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(CPU, cpu);
        values.put(P99, 1.0);
        return new Run(contender, values, othersCores);
    }

    private static final List<Run> RUNS = List.of(
            run(Contender.HEADRACE, 10, 0),
            run(Contender.KAFKA, 100, 0),
            run(Contender.HEADRACE, 30, 0.9),
            run(Contender.KAFKA, 100, 0),
            run(Contender.HEADRACE, 20, 0),
            run(Contender.KAFKA, 50, 0));

    private static final Outcome OUTCOME = new Outcome(SCENARIO, "today, here", RUNS);

    private static final Report REPORT =
            Report.of(List.of(SCENARIO, new SingleRecords(500, Durability.BOTH)), List.of(OUTCOME));

    private static Figure figure(String name) {
        return SCENARIO.figures().stream()
                .filter(figure -> figure.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aRatioIsOfNeighbouringRuns() {
        assertThat(OUTCOME.ratio(Contender.KAFKA, figure(CPU))).isEqualTo(new Range(0.1, 0.3, 0.4));
    }

    @Test
    void whatWasNotMeasuredHasNoRatio() {
        Figure fsyncs = figure("fsyncs/s");

        assertThat(OUTCOME.ratio(Contender.KAFKA, fsyncs).toString()).isEqualTo("-");
    }

    @Test
    void aGoalIsMetOrTheMissIsTold() {
        assertThat(new Goal.AtMost(0.5).judge(0.5)).isEqualTo("met");
        assertThat(new Goal.AtMost(0.5).judge(0.75)).isEqualTo("missed by 1.50");
        assertThat(new Goal.AtLeast(5).judge(6)).isEqualTo("met");
        assertThat(new Goal.AtLeast(5).judge(2)).isEqualTo("missed by 2.50");
    }

    @Test
    void goalsAndFiguresStandInTables() {
        assertThat(REPORT.goals()).contains("| neither durable").contains("0.300 (0.100 .. 0.400)", "≤ 0.333", "met");
        assertThat(REPORT.figures()).contains(P99 + " (1 of 6 runs spoilt)").contains("20.0 (10.0 .. 30.0)");
    }

    @Test
    void theReportSaysWhenAndWhereAndHowQuietItWas() {
        assertThat(REPORT.surroundings()).isEqualTo("""
                        - today, here; others kept at most 0.900 cores busy beside a run: `single-1`
                        - not run: `single-500-durable`
                        """);
    }

    @Test
    void theGoalsGoBetweenTheMarksOfTheDocumentAndTheFiguresIntoTheirOwn(@TempDir Path documents) throws IOException {
        Path performance = documents.resolve("performance.md");
        Files.writeString(performance, """
                Before.
                <!-- made by ./dev bench report --docs docs -->
                Old.
                <!-- end of what is made -->
                After.
                """);

        new PerformanceDocument(REPORT, "| micro |\n").writeInto(documents);

        assertThat(performance)
                .content()
                .startsWith("Before.\n<!-- made")
                .contains("today, here", "≤ 0.333", "performance-ratios.svg")
                .endsWith("<!-- end of what is made -->\nAfter.\n")
                .doesNotContain("Old.");
        assertThat(documents.resolve("performance-figures.md")).content().contains("today, here", P99, "| micro |");
    }

    @Test
    void runsAreReadBackAsTheyWereWritten(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("runs.tsv");

        RunFile.write(file, "today, here", RUNS);

        assertThat(RunFile.read(file)).isEqualTo(RUNS);
        assertThat(RunFile.surroundings(file)).isEqualTo("today, here");
    }

    @Test
    void aPlotHasARowForEachGoal() {
        String svg = RatioChart.of(List.of(OUTCOME));

        assertThat(svg).startsWith("<svg").contains("CPU s/million records").containsOnlyOnce("<circle");
    }
}
