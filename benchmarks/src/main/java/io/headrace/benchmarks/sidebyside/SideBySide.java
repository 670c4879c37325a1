package io.headrace.benchmarks.sidebyside;

import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.sidebyside.ProduceBatches.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ./dev bench SCENARIO... [--quick] [--rounds N] [--dir DIR]}: Headrace and Apache Kafka under the same load in turn.
 * The runs of each scenario are kept in {@code DIR/results}, and the report is made of all that lie there.
 */
public final class SideBySide {

    private static final List<Scenario> SCENARIOS = List.of(
            new ColdStart(),
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
            new SingleRecords(1, Durability.NEITHER),
            new SingleRecords(500, Durability.NEITHER),
            new SingleRecords(1, Durability.BOTH),
            new SingleRecords(500, Durability.BOTH),
            new EndToEnd(Durability.NEITHER),
            new EndToEnd(Durability.DEFAULTS),
            new EndToEnd(Durability.BOTH),
            new Restart(1_000),
            new Restart(5_000),
            new KillRecovery());

    /** One of each kind. */
    private static final List<String> OF_EACH_KIND = List.of(
            "start",
            "produce-16k-6",
            "produce-16k-1-durable",
            "consume-1",
            "single-500",
            "latency",
            "restart-1000",
            "recovery");

    private SideBySide() {}

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
        for (Scenario scenario : SCENARIOS) {
            if (wanted.contains(scenario.name())) {
                List<Run> runs =
                        Comparison.run(scenario, effort, directory(options).resolve("data"));
                RunFile.write(file(scenario, options), runs);
            }
        }
        report(options);
    }

    /** Writes and prints what all the results say that are there. */
    public static void report(Options options) throws IOException {
        List<Outcome> outcomes = new ArrayList<>();
        for (Scenario scenario : SCENARIOS) {
            if (Files.exists(file(scenario, options))) {
                outcomes.add(new Outcome(scenario, RunFile.read(file(scenario, options))));
            }
        }
        Report report = new Report(outcomes);
        String text = Surroundings.text() + "\n\n" + report.goals() + "\n" + report.figures();
        Files.writeString(directory(options).resolve("report.md"), text);
        Files.writeString(directory(options).resolve("ratios.svg"), RatioChart.of(outcomes));
        System.out.println(text);
    }

    private static Path directory(Options options) {
        return Path.of(options.text("dir", "benchmarks/target/side-by-side"));
    }

    private static Path file(Scenario scenario, Options options) {
        return directory(options).resolve("results").resolve(scenario.name() + ".tsv");
    }
}
