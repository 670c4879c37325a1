package io.headrace.benchmarks.groups;

import io.headrace.benchmarks.Directories;
import io.headrace.benchmarks.Options;
import io.headrace.benchmarks.Table;
import io.headrace.compat.BrokerProcess;
import io.headrace.compat.FreePort;
import io.headrace.compat.KafkaProcess;
import io.headrace.compat.ServerProcess;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * {@code ./dev bench groups [--rounds N] [--groups N] [--kafka no]}: the restart of a broker with 1,000 groups of 10
 * partitions each; and a first join, a second one and a leave, of the Java client with its default settings, on Headrace and
 * on Apache Kafka by turns.
 */
public final class GroupsBench {

    private GroupsBench() {}

    public static void run(Options options) throws Exception {
        Path parent = Files.createDirectories(Path.of(options.text("dir", "benchmarks/target")));
        int rounds = options.number("rounds", 5);
        Path directory = Files.createTempDirectory(parent, "groups");
        try {
            Table restore = new Table("groups", "before", "CPU ms until ListGroups knows all", "wall ms");
            for (Restore.End end : Restore.End.values()) {
                for (int groups : new int[] {1, options.number("groups", 1_000)}) {
                    Path data = directory.resolve(end + "-" + groups);
                    try (BrokerProcess process = BrokerProcess.in(data).onPort(FreePort.any())) {
                        new Restore(process, groups, end).measure(rounds, restore);
                    }
                }
            }
            System.out.println(restore);
            Table settling = new Table("", "first join ms", "second joins ms", "one leaves ms");
            try (BrokerProcess headrace =
                    BrokerProcess.in(directory.resolve("data")).onPort(FreePort.any())) {
                if (options.text("kafka", "yes").equals("yes")) {
                    try (KafkaProcess kafka = KafkaProcess.in(directory.resolve("kafka"))
                            .startedQuickly()
                            .formatted()) {
                        settle(settling, rounds, headrace, kafka);
                    }
                } else {
                    settle(settling, rounds, headrace);
                }
            }
            System.out.println(settling);
        } finally {
            Directories.delete(directory);
        }
    }

    private static void settle(Table table, int rounds, ServerProcess... servers) throws Exception {
        Settling[] settling = new Settling[servers.length];
        for (int i = 0; i < servers.length; i++) {
            servers[i].start();
            settling[i] = new Settling(servers[i]);
        }
        for (int round = 0; round < rounds; round++) {
            for (Settling one : settling) {
                one.play(round);
            }
        }
        for (Settling one : settling) {
            one.addTo(table);
        }
    }
}
