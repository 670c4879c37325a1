package io.headrace.benchmarks.startup;

import com.sun.management.OperatingSystemMXBean;
import io.headrace.benchmarks.Directories;
import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.Spread;
import io.headrace.benchmarks.Table;
import io.headrace.benchmarks.load.RecordProbe;
import io.headrace.broker.Broker;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code ./dev bench embedded [--rounds N]}: a broker in a JVM that has had one before, as in the tests of an application. */
public final class EmbeddedBench {

    private static final int WARM_UP_ROUNDS = 20;

    private record Life(double upMs, double recordMs, double downMs, double cpuMs) {}

    private EmbeddedBench() {}

    public static void run(Options options) throws IOException {
        Path parent = Files.createDirectories(Path.of(options.text("dir", "benchmarks/target")));
        Life first = live(parent);
        for (int i = 1; i < WARM_UP_ROUNDS; i++) {
            live(parent);
        }
        List<Life> lives = new ArrayList<>();
        for (int i = 0; i < options.number("rounds", 50); i++) {
            lives.add(live(parent));
        }
        System.out.printf("%nA broker in this JVM, each time on a fresh directory%n%n");
        Table table = new Table("", "started ms", "record consumed ms", "then closed ms", "CPU ms");
        table.row("the first", text(first.upMs()), text(first.recordMs()), text(first.downMs()), text(first.cpuMs()));
        table.row(
                "later ones",
                Spread.of(lives, Life::upMs),
                Spread.of(lives, Life::recordMs),
                Spread.of(lives, Life::downMs),
                Spread.of(lives, Life::cpuMs));
        System.out.println(table);
    }

    private static Life live(Path parent) throws IOException {
        Path directory = Files.createTempDirectory(parent, "embedded");
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpuStart = process.getProcessCpuTime();
        long begin = System.nanoTime();
        Broker broker = Broker.start(Map.of("log.dirs", directory.toString(), "listeners", "PLAINTEXT://127.0.0.1:0"));
        long up = System.nanoTime();
        RecordProbe.await(broker.address().getPort(), "first", 0);
        long consumed = System.nanoTime();
        broker.close();
        long down = System.nanoTime();
        double cpuMs = (process.getProcessCpuTime() - cpuStart) / 1e6;
        Directories.delete(directory);
        return new Life((up - begin) / 1e6, (consumed - begin) / 1e6, (down - consumed) / 1e6, cpuMs);
    }

    private static String text(double value) {
        return Spread.text(value);
    }
}
