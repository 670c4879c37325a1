package io.headrace.benchmarks;

import io.headrace.benchmarks.flush.FlushBench;
import io.headrace.benchmarks.groups.GroupsBench;
import io.headrace.benchmarks.micro.MicroBench;
import io.headrace.benchmarks.network.NetworkBench;
import io.headrace.benchmarks.sidebyside.Results;
import io.headrace.benchmarks.sidebyside.SideBySide;
import io.headrace.benchmarks.startup.EmbeddedBench;
import io.headrace.benchmarks.startup.PartitionsBench;
import io.headrace.benchmarks.startup.StartupBench;
import java.io.IOException;
import java.util.List;

/** {@code ./dev bench}: runs the measurements that the arguments name, and without any all those that compare. */
public final class Main {

    private Main() {}

    public static void main(String[] args) throws Exception {
        List<String> words = List.of(args);
        String name = words.isEmpty() ? "" : words.getFirst();
        Options options = new Options(words);
        Runtime.getRuntime().addShutdownHook(new Thread(Main::killBrokers));
        switch (name) {
            case "startup" -> StartupBench.run(options);
            case "embedded" -> EmbeddedBench.run(options);
            case "partitions" -> PartitionsBench.run(options);
            case "groups" -> GroupsBench.run(options);
            case "network" -> NetworkBench.run(options);
            case "flush" -> FlushBench.run(options);
            case "micro" -> MicroBench.run(options, Results.of(options).microFile());
            case "report" -> SideBySide.report(options);
            default -> sideBySide(words, options);
        }
    }

    /** Those that a measurement has left behind because it failed or was interrupted. */
    private static void killBrokers() {
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    }

    /** The names come first. */
    private static void sideBySide(List<String> words, Options options) throws IOException, InterruptedException {
        List<String> names =
                words.stream().takeWhile(word -> !word.startsWith("--")).toList();
        if (names.stream().allMatch(SideBySide::knows)) {
            SideBySide.run(names, options);
        } else {
            System.out.print(usage());
        }
    }

    private static String usage() {
        return """
            ./dev bench [SCENARIO...] Headrace beside Apache Kafka under the same load, in turn; without names, all of:
                %s
                --quick               one small round, without names of one of each kind; shows that it works
                --rounds N            measured runs of each, 5
                --repetitions N       more runs of each in place of those that other work has spoilt, 5
                --dir DIR             where the brokers' files and the results go, benchmarks/target/side-by-side
            ./dev bench report        tables and plot of the results that are there
                --docs docs           written into docs/performance.md and what belongs to it

            Of Headrace alone:
            ./dev bench startup       from exec to a record produced and consumed; size, threads and CPU at rest
            ./dev bench embedded      the same in a JVM that is warm
            ./dev bench partitions    size and restart with 1,000 partitions
            ./dev bench groups        restart with 1,000 consumer groups; how long joins and leaves take
            ./dev bench network       CPU per request and per GB, readers that stall, cold reads
            ./dev bench flush         what an acknowledgement after fsync costs, by way of flushing
            ./dev bench micro         nanoseconds of the hot inner parts, by JMH; --rounds N, --quick
            """.formatted(String.join(" ", SideBySide.names()));
    }
}
