package io.headrace.benchmarks.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the two can be compared at all: a small load on both, and nothing said about who was faster. */
class ComparisonTest {

    @TempDir
    private Path directory;

    @Test
    void bothAreMeasuredUnderTheSameLoad() throws Exception {
        Scenario scenario = new SingleRecords(20, Durability.NEITHER);

        List<Run> runs = Comparison.run(scenario, Effort.QUICK, directory);

        assertThat(runs).extracting(Run::contender).containsExactly(Contender.HEADRACE, Contender.KAFKA);
        Outcome outcome = new Outcome(scenario, "here", runs);
        for (Figure figure : scenario.figures()) {
            if (!figure.name().startsWith("fsyncs")) {
                assertThat(outcome.of(Contender.HEADRACE, figure).median())
                        .as(figure.name())
                        .isNotNaN()
                        .isNotNegative();
                assertThat(outcome.of(Contender.KAFKA, figure).median())
                        .as(figure.name())
                        .isNotNaN()
                        .isNotNegative();
            }
        }
        assertThat(directory).isEmptyDirectory();
    }
}
