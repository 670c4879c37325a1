package io.headrace.benchmarks.startup;

import io.headrace.benchmarks.BrokerCpu;
import io.headrace.benchmarks.Directories;
import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.Spread;
import io.headrace.benchmarks.Table;
import io.headrace.benchmarks.load.RecordProbe;
import io.headrace.compat.BrokerProcess;
import io.headrace.compat.FreePort;
import io.headrace.compat.ProcessFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code ./dev bench startup [--rounds N] [--idle-seconds N] [--aot FILE] [--flags '...']}: from exec to a record produced
 * and consumed on a fresh directory, and what remains when nothing happens.
 */
public final class StartupBench {

    private static final String TOPIC = "first";
    private static final long SETTLE_MS = 3_000;

    /** From exec to the record, and after a while of silence. */
    private record Start(double wallMs, double cpuMs, double residentMb, double threads) {}

    private final Map<String, List<String>> variants = new LinkedHashMap<>();
    private final Path parent;

    private StartupBench(Options options, Path parent) {
        this.parent = parent;
        String more = options.text("flags", "");
        addVariants("plain JVM", more.isEmpty() ? List.of() : List.of(more.split(" ", -1)));
        String aot = options.text("aot", "");
        if (!aot.isEmpty()) {
            addVariants("AOT cache", List.of("-XX:AOTCache=" + aot));
        }
    }

    private void addVariants(String name, List<String> flags) {
        variants.put(name, flags);
        List<String> small = new ArrayList<>(flags);
        small.add("-Xmx256m");
        variants.put(name + ", -Xmx256m", small);
    }

    public static void run(Options options) throws IOException, InterruptedException {
        Path parent = Files.createDirectories(Path.of(options.text("dir", "benchmarks/target")));
        StartupBench bench = new StartupBench(options, parent);
        bench.printStarts(options.number("rounds", 20));
        bench.printIdleness(options.number("idle-seconds", 30));
    }

    private void printStarts(int rounds) throws IOException, InterruptedException {
        Map<String, List<Start>> samples = new LinkedHashMap<>();
        for (int round = -1; round < rounds; round++) {
            for (var variant : variants.entrySet()) {
                Start start = start(variant.getValue());
                if (round >= 0) {
                    samples.computeIfAbsent(variant.getKey(), _ -> new ArrayList<>())
                            .add(start);
                }
            }
        }
        System.out.printf(
                "%nFrom exec to a record produced and consumed; size and threads %d s later%n%n", SETTLE_MS / 1_000);
        Table table = new Table("", "wall ms", "CPU ms", "resident MB", "threads above an empty main");
        int empty = EmptyMain.threads();
        samples.forEach((variant, starts) -> table.row(
                variant,
                Spread.of(starts, Start::wallMs),
                Spread.of(starts, Start::cpuMs),
                Spread.of(starts, Start::residentMb),
                Spread.of(starts, start -> start.threads() - empty)));
        System.out.println(table);
    }

    private Start start(List<String> flags) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(parent, "startup");
        try (BrokerProcess process = broker(directory, flags)) {
            long begin = System.nanoTime();
            process.launch();
            RecordProbe.await(process.port(), TOPIC, 0);
            double wallMs = (System.nanoTime() - begin) / 1e6;
            double cpuMs = ProcessFigures.cpuMs(process.pid());
            Thread.sleep(SETTLE_MS);
            return new Start(
                    wallMs,
                    cpuMs,
                    ProcessFigures.residentBytes(process.pid()) / 1e6,
                    ProcessFigures.threads(process.pid()));
        } finally {
            Directories.delete(directory);
        }
    }

    private void printIdleness(int seconds) throws IOException, InterruptedException {
        System.out.printf("%nCPU of an idle broker over %d s%n%n", seconds);
        Table table = new Table("", "% of a core");
        for (var variant : variants.entrySet()) {
            Path directory = Files.createTempDirectory(parent, "startup");
            try (BrokerProcess process = broker(directory, variant.getValue())) {
                process.launch();
                RecordProbe.await(process.port(), TOPIC, 0);
                Thread.sleep(SETTLE_MS);
                BrokerCpu cpu = new BrokerCpu(process.pid());
                cpu.start();
                Thread.sleep(seconds * 1_000L);
                table.row(variant.getKey(), Spread.text(cpu.ms() / (seconds * 10.0)));
            }
            Directories.delete(directory);
        }
        System.out.println(table);
    }

    private static BrokerProcess broker(Path directory, List<String> flags) {
        BrokerProcess process = BrokerProcess.in(directory.resolve("data")).onPort(FreePort.any());
        flags.forEach(process::jvm);
        return process;
    }
}
