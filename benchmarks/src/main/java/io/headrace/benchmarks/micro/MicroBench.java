package io.headrace.benchmarks.micro;

import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.Spread;
import io.headrace.benchmarks.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** {@code ./dev bench micro [--rounds N] [--quick]}: nanoseconds and bytes allocated by each call of the hot inner parts. */
public final class MicroBench {

    private static final TimeValue SHORT = TimeValue.milliseconds(100);
    private static final TimeValue LONG = TimeValue.seconds(1);
    private static final int WARM_UP_ROUNDS = 3;
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private MicroBench() {}

    /** Writes the table into the file and prints it. */
    public static void run(Options options, Path file) throws RunnerException, IOException {
        TimeValue round = options.has("quick") ? SHORT : LONG;
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("^" + MicroBench.class.getPackageName() + "\\.")
                        .mode(Mode.AverageTime)
                        .timeUnit(TimeUnit.NANOSECONDS)
                        .forks(1)
                        .warmupIterations(WARM_UP_ROUNDS)
                        .warmupTime(round)
                        .measurementIterations(options.number("rounds", 5))
                        .measurementTime(round)
                        .addProfiler(GCProfiler.class)
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
        String table = table(results);
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, table);
        System.out.println(table);
    }

    private static String table(Collection<RunResult> results) {
        Table table = new Table("", "of", "ns", "bytes allocated");
        for (RunResult result : results) {
            var params = result.getParams();
            String name = params.getBenchmark();
            String method = name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
            double[] nanos = result.getBenchmarkResults().stream()
                    .flatMap(fork -> fork.getIterationResults().stream())
                    .mapToDouble(round -> round.getPrimaryResult().getScore())
                    .toArray();
            String of = params.getParamsKeys().stream()
                    .map(key -> key + ": " + params.getParam(key))
                    .collect(Collectors.joining(", "));
            double allocated = result.getSecondaryResults().get(ALLOCATED).getScore();
            table.row("`" + method + "`", of, Spread.of(nanos), Spread.text(allocated));
        }
        return table.toString();
    }
}
