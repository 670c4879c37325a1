package io.headrace.benchmarks.network;

import io.headrace.benchmarks.Directories;
import io.headrace.benchmarks.Options;
import io.headrace.compat.BrokerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code ./dev bench network [--only NAME] [--dir DIR] [--rounds N] [--round-ms N]}: each scenario on a fresh broker. */
public final class NetworkBench {

    private NetworkBench() {}

    public static void run(Options options) throws IOException, InterruptedException {
        Path parent = Path.of(options.text("dir", "benchmarks/target"));
        Map<String, Scenario> scenarios = new LinkedHashMap<>();
        scenarios.put("paced", new PacedRecords());
        scenarios.put("large", new LargeFrames());
        scenarios.put("stalled", new StalledReaders());
        scenarios.put("cold", new ColdFetches());
        String only = options.text("only", "");
        if (!only.isEmpty()) {
            scenarios.keySet().retainAll(List.of(only));
        }
        Files.createDirectories(parent);
        for (Scenario scenario : scenarios.values()) {
            Path directory = Files.createTempDirectory(parent, "network");
            try (BrokerProcess process = BrokerProcess.in(directory.resolve("data"))) {
                // Pages of deleted files are used again, so that a virtual machine need not find new ones in every
                // round.
                process.set("log.segment.delete.delay.ms", "0");
                process.start();
                Duration round = Duration.ofMillis(options.number("round-ms", 2_000));
                scenario.run(new Target(process, options.number("rounds", 10), round));
            }
            Directories.delete(directory);
        }
    }
}
