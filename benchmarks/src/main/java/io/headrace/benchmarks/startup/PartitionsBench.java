package io.headrace.benchmarks.startup;

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
import java.util.List;
import org.apache.kafka.common.Uuid;

/**
 * {@code ./dev bench partitions [--rounds N] [--partitions N]}: what many partitions, with a record in each, add to the
 * size of a broker and to its restart, seen through a record on the last of them.
 */
public final class PartitionsBench {

    private static final String TOPIC = "many";
    private static final long SETTLE_MS = 3_000;

    private enum End {
        STOPPED,
        KILLED
    }

    /** One start through the record; resident after a while of silence. */
    private record Start(double wallMs, double cpuMs, double residentMb) {}

    private PartitionsBench() {}

    public static void run(Options options) throws IOException, InterruptedException {
        Path parent = Files.createDirectories(Path.of(options.text("dir", "benchmarks/target")));
        int many = options.number("partitions", 1_000);
        Table table = new Table("partitions", "before", "wall ms", "CPU ms", "resident MB");
        List<Series> series = new ArrayList<>();
        for (End end : End.values()) {
            series.add(new Series(Files.createTempDirectory(parent, "partitions"), 1, end));
            series.add(new Series(Files.createTempDirectory(parent, "partitions"), many, end));
        }
        for (Series one : series) {
            one.create();
        }
        for (int round = 0; round < options.number("rounds", 10); round++) {
            for (Series one : series) {
                one.restart();
            }
        }
        for (Series one : series) {
            one.addTo(table);
            Directories.delete(one.directory);
        }
        System.out.println(table);
    }

    /** A broker with so many partitions that ends in one way and is started again, time after time. */
    private static final class Series {
        private final Path directory;
        private final BrokerProcess process;
        private final int partitions;
        private final End end;
        private final List<Start> restarts = new ArrayList<>();

        Series(Path directory, int partitions, End end) {
            this.directory = directory;
            this.process = BrokerProcess.in(directory.resolve("data")).onPort(FreePort.any());
            this.partitions = partitions;
            this.end = end;
        }

        /** Says what the broker weighs with the partitions, before and after each got a record. */
        void create() throws IOException, InterruptedException {
            process.launch();
            try (RecordProbe probe = RecordProbe.connect(process.port())) {
                probe.createTopic(TOPIC, partitions);
                Thread.sleep(SETTLE_MS);
                double created = ProcessFigures.residentBytes(process.pid()) / 1e6;
                Uuid topic = probe.topic(TOPIC);
                for (int i = 0; i < partitions; i++) {
                    probe.produce(topic, i);
                }
                Thread.sleep(SETTLE_MS);
                System.out.printf(
                        "%d partitions: resident %s MB when created, %s MB with a record in each%n",
                        partitions,
                        Spread.text(created),
                        Spread.text(ProcessFigures.residentBytes(process.pid()) / 1e6));
            }
            finish();
        }

        void restart() throws IOException, InterruptedException {
            long begin = System.nanoTime();
            process.launch();
            RecordProbe.await(process.port(), TOPIC, partitions - 1);
            double wallMs = (System.nanoTime() - begin) / 1e6;
            double cpuMs = ProcessFigures.cpuMs(process.pid());
            Thread.sleep(SETTLE_MS);
            restarts.add(new Start(wallMs, cpuMs, ProcessFigures.residentBytes(process.pid()) / 1e6));
            finish();
        }

        private void finish() {
            if (end == End.STOPPED) {
                process.stop();
            } else {
                process.kill();
            }
        }

        void addTo(Table table) {
            table.row(
                    partitions,
                    end,
                    Spread.of(restarts, Start::wallMs),
                    Spread.of(restarts, Start::cpuMs),
                    Spread.of(restarts, Start::residentMb));
        }
    }
}
