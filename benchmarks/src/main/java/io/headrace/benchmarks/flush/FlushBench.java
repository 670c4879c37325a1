package io.headrace.benchmarks.flush;

import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.Spread;
import io.headrace.benchmarks.Table;
import io.headrace.benchmarks.flush.ClosedLoop.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** {@code ./dev bench flush [--dir DIR] [--rounds N] [--round-ms N]}: every variant under every load, in turn. */
public final class FlushBench {

    private static final long FILES_MAX_BYTES = 1L << 30;
    private static final long FILE_MAX_BYTES = 64L << 20;

    /** So many files are written to, with so many appends to each on their way. */
    private record Load(int partitions, int window) {}

    private static final List<Load> LOADS = List.of(new Load(1, 1), new Load(1, 5), new Load(64, 1), new Load(64, 5));

    private final Path directory;
    private final long roundNanos;

    private FlushBench(Path directory, long roundNanos) {
        this.directory = directory;
        this.roundNanos = roundNanos;
    }

    public static void run(Options options) throws IOException, InterruptedException {
        Path directory = Path.of(options.text("dir", "benchmarks/target/flush"));
        Files.createDirectories(directory);
        int rounds = options.number("rounds", 20);
        FlushBench bench = new FlushBench(directory, options.number("round-ms", 1_000) * 1_000_000L);
        for (Load load : LOADS) {
            bench.compare(load, rounds);
        }
    }

    private void compare(Load load, int rounds) throws IOException, InterruptedException {
        List<Variant> order = Variant.worthComparing(load.partitions());
        Map<Variant, List<Sample>> samples = new LinkedHashMap<>();
        for (Variant variant : order) {
            samples.put(variant, new ArrayList<>());
            measure(variant, load);
        }
        for (int round = 0; round < rounds; round++) {
            Collections.shuffle(order, new Random(round));
            for (Variant variant : order) {
                samples.get(variant).add(measure(variant, load));
            }
        }
        System.out.printf(
                "%n%d partitions, %d appends of 16 KB in flight for each%n%n", load.partitions(), load.window());
        System.out.println(table(samples));
    }

    private Sample measure(Variant variant, Load load) throws IOException, InterruptedException {
        List<PartitionFile> files = new ArrayList<>();
        Inbox inbox = new Inbox();
        ClosedLoop loop = new ClosedLoop(inbox);
        try {
            for (int i = 0; i < load.partitions(); i++) {
                Path file = directory.resolve(variant.shape() + "-" + i);
                long maxBytes = Math.min(FILE_MAX_BYTES, FILES_MAX_BYTES / load.partitions());
                files.add(new PartitionFile(file, maxBytes, load.window()));
                files.getLast().prepare(variant.shape());
            }
            try (FlushScheme scheme = scheme(variant, files, inbox, loop)) {
                return loop.run(scheme, files, load.window(), roundNanos);
            }
        } finally {
            for (PartitionFile file : files) {
                file.sync();
                file.close();
            }
        }
    }

    private FlushScheme scheme(Variant variant, List<PartitionFile> files, Inbox inbox, ClosedLoop loop)
            throws IOException {
        return switch (variant.kind()) {
            case PER_PARTITION -> new PerPartition(files, inbox, loop::acknowledged, variant.threads());
            case PER_ROUND -> new PerRound(files, inbox, loop::acknowledged, variant.threads());
            case JOURNAL -> new Journal(directory.resolve("journal"), files, inbox, loop::acknowledged);
        };
    }

    private static Table table(Map<Variant, List<Sample>> samples) {
        Table table = new Table("scheme", "threads", "files", "acks/s", "p50 ms", "p99 ms", "CPU ms/MB");
        samples.forEach((variant, rounds) -> table.row(
                variant.kind(),
                variant.threads(),
                variant.shape(),
                Spread.of(rounds, Sample::acksPerSecond),
                Spread.of(rounds, Sample::p50Ms),
                Spread.of(rounds, Sample::p99Ms),
                Spread.of(rounds, Sample::cpuMsPerMb)));
        return table;
    }
}
