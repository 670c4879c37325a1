package io.headrace.benchmarks.sidebyside;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headrace.benchmarks.Main;
import io.headrace.compat.ProcessFigures;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./dev bench --quick} does, with the shipped jar and with Apache Kafka; how long anything takes is not judged. */
class QuickBenchTest {

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    void oneScenarioOfEachKindIsMeasuredOnBothAndReported() throws Exception {
        assumeTrue(ProcessFigures.available(), "only Linux tells what a process uses");

        Main.main(new String[] {"--quick", "--dir", directory.toString()});

        List<Outcome> outcomes = new Results(directory).outcomes(SideBySide.scenarios());
        assertThat(outcomes).extracting(outcome -> outcome.scenario().name()).containsAll(SideBySide.ofEachKind());
        for (Outcome outcome : outcomes) {
            for (Contender contender : outcome.scenario().contenders()) {
                assertThat(outcome.scenario().figures())
                        .as(outcome.scenario().name() + " of " + contender)
                        .anyMatch(figure -> outcome.of(contender, figure).median() > 0);
            }
        }
        assertThat(directory.resolve("report.md")).content().contains(SideBySide.ofEachKind());
        assertThat(directory.resolve("ratios.svg")).content().startsWith("<svg");
        assertThat(directory.resolve("data")).isEmptyDirectory();
    }
}
