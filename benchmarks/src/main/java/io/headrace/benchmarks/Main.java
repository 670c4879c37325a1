package io.headrace.benchmarks;

import io.headrace.benchmarks.flush.FlushBench;
import io.headrace.benchmarks.groups.GroupsBench;
import io.headrace.benchmarks.network.NetworkBench;
import io.headrace.benchmarks.startup.EmbeddedBench;
import io.headrace.benchmarks.startup.PartitionsBench;
import io.headrace.benchmarks.startup.StartupBench;
import java.util.Arrays;

/** {@code ./dev bench}: runs the measurement that the first argument names. */
public final class Main {

    private static final String USAGE = """
        ./dev bench startup      from exec to a record produced and consumed; size, threads and CPU at rest
        ./dev bench embedded     the same in a JVM that is warm
        ./dev bench partitions   size and restart with 1,000 partitions
        ./dev bench groups       restart with 1,000 consumer groups; how long joins and leaves take
        ./dev bench network      CPU per request and per GB, readers that stall, cold reads
        ./dev bench flush        what an acknowledgement after fsync costs, by way of flushing
        """;

    private Main() {}

    public static void main(String[] args) throws Exception {
        String name = args.length == 0 ? "help" : args[0];
        Options options = new Options(Arrays.asList(args).subList(Math.min(1, args.length), args.length));
        switch (name) {
            case "startup" -> StartupBench.run(options);
            case "embedded" -> EmbeddedBench.run(options);
            case "partitions" -> PartitionsBench.run(options);
            case "groups" -> GroupsBench.run(options);
            case "network" -> NetworkBench.run(options);
            case "flush" -> FlushBench.run(options);
            default -> System.out.print(USAGE);
        }
    }
}
