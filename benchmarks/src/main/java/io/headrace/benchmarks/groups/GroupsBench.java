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
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.GroupProtocol;

/**
 * {@code ./dev bench groups [--rounds N] [--groups N] [--kafka no]}: the restart of a broker with 1,000 groups of 10
 * partitions each; and a first join, a second one and a leave, of the Java client with its default settings and both group
 * protocols, on Headrace and on Apache Kafka by turns, each change to a group at rest and right after the one before.
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
            Table settling = new Table("", "protocol", "changes", "first join ms", "second joins ms", "one leaves ms");
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
        List<Settling> kinds = new ArrayList<>();
        for (ServerProcess server : servers) {
            server.start();
            Settling.createTopic(server);
        }
        for (GroupProtocol protocol : GroupProtocol.values()) {
            for (boolean resting : new boolean[] {true, false}) {
                for (ServerProcess server : servers) {
                    kinds.add(new Settling(server, protocol, resting));
                }
            }
        }
        for (int round = 0; round < rounds; round++) {
            for (Settling kind : kinds) {
                kind.play(round);
            }
        }
        for (Settling kind : kinds) {
            kind.addTo(table);
        }
    }
}
