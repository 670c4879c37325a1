package io.headrace.benchmarks.sidebyside;

import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.sidebyside.ColdStart.Classes;
import io.headrace.benchmarks.sidebyside.JavaClientLoad.Direction;
import io.headrace.benchmarks.sidebyside.ProduceBatches.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * {@code ./dev bench SCENARIO... [--quick] [--rounds N] [--dir DIR]}: Headrace and Apache Kafka under the same load in turn;
 * {@code ./dev bench report [--docs docs]}. The report is made of all {@link Results} that are there.
 */
public final class SideBySide {

    private static final List<Scenario> SCENARIOS = List.of(
            new ColdStart(Classes.IN_JARS),
            new ColdStart(Classes.IN_AOT_CACHE),
            new ProduceBatches(Batch.KB_16, 1, Durability.NEITHER, 400),
            new ProduceBatches(Batch.KB_16, 6, Durability.NEITHER, 400),
            new ProduceBatches(Batch.MB_1, 1, Durability.NEITHER, 1_000),
            new ProduceBatches(Batch.MB_1, 6, Durability.NEITHER, 1_000),
            new ProduceBatches(Batch.KB_16, 64, Durability.NEITHER, 400),
            new ProduceBatches(Batch.SMALL_RECORDS, 6, Durability.NEITHER, 200),
            new ProduceBatches(Batch.LARGE_RECORDS, 6, Durability.NEITHER, 1_000),
            new ProduceBatches(Batch.LZ4, 6, Durability.NEITHER, 400),
            new ProduceBatches(Batch.KB_16, 1, Durability.BOTH, 100),
            new ProduceBatches(Batch.KB_16, 6, Durability.BOTH, 100),
            new ProduceBatches(Batch.MB_1, 1, Durability.BOTH, 500),
            new Consume(1),
            new Consume(10),
            new ConsumeInGroups(10),
            new CatchUp(),
            new JavaClientLoad(Direction.PRODUCE),
            new JavaClientLoad(Direction.CONSUME),
            new SingleRecords(1, Durability.NEITHER),
            new SingleRecords(500, Durability.NEITHER),
            new SingleRecords(1, Durability.BOTH),
            new SingleRecords(500, Durability.BOTH),
            new EndToEnd(Durability.NEITHER),
            new EndToEnd(Durability.DEFAULTS),
            new EndToEnd(Durability.BOTH),
            new Restart(1_000),
            new Restart(5_000),
            new ManyPartitions(1_000),
            new ManyPartitions(10_000),
            new AfterLoad(),
            new KillRecovery(),
            new Compaction(Durability.NEITHER),
            new Compaction(Durability.DEFAULTS));

    /** One of each kind. */
    private static final List<String> OF_EACH_KIND = List.of(
            "start",
            "produce-16k-6",
            "produce-16k-1-durable",
            "consume-1",
            "consume-10-groups",
            "catch-up",
            "java-produce",
            "single-500",
            "latency",
            "partitions-1000",
            "recovery");

    private SideBySide() {}

    /** Those that {@code --quick} runs if none are named. */
    static List<String> ofEachKind() {
        return OF_EACH_KIND;
    }

    static List<Scenario> scenarios() {
        return SCENARIOS;
    }

    public static List<String> names() {
        return SCENARIOS.stream().map(Scenario::name).toList();
    }

    public static boolean knows(String name) {
        return names().contains(name);
    }

    /** Runs the scenarios of these names, all of them if there are none, and reports. */
    public static void run(List<String> names, Options options) throws IOException, InterruptedException {
        boolean quick = options.has("quick");
        Effort effort =
                quick ? Effort.QUICK : new Effort(options.number("rounds", 5), options.number("repetitions", 5), 1);
        List<String> wanted = !names.isEmpty() ? names : quick ? OF_EACH_KIND : names();
        Results results = Results.of(options);
        for (Scenario scenario : SCENARIOS) {
            if (wanted.contains(scenario.name())) {
                results.keep(scenario, Comparison.run(scenario, effort, results.data()));
            }
        }
        report(options);
    }

    /** Writes and prints what all the results say that are there; into the documents, too, if a directory of them is named. */
    public static void report(Options options) throws IOException {
        Results results = Results.of(options);
        List<Outcome> outcomes = results.outcomes(SCENARIOS);
        PerformanceDocument document = new PerformanceDocument(Report.of(SCENARIOS, outcomes), results.micro());
        String svg = RatioChart.of(outcomes);
        Files.writeString(results.directory().resolve("report.md"), document.whole());
        Files.writeString(results.directory().resolve("ratios.svg"), svg);
        System.out.println(document.whole());
        String documents = options.text("docs", "");
        if (!documents.isEmpty()) {
            document.writeInto(Path.of(documents));
            Files.writeString(Path.of(documents).resolve("performance-ratios.svg"), svg);
        }
    }
}
