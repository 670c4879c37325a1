package io.headrace.benchmarks.groups;

import io.headrace.benchmarks.Spread;
import io.headrace.benchmarks.Table;
import io.headrace.compat.BrokerProcess;
import io.headrace.compat.ProcessFigures;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** A broker with so many groups that ends in one way and is started again, time after time. */
final class Restore {

    enum End {
        STOPPED,
        KILLED
    }

    private static final String TOPIC = "committed";
    private static final int PARTITIONS = 10;
    private static final int COMMITS_AT_A_TIME = 50;

    /** From exec until all groups are listed. */
    private record Start(double cpuMs, double wallMs) {}

    private final BrokerProcess process;
    private final int groups;
    private final End end;

    Restore(BrokerProcess process, int groups, End end) {
        this.process = process;
        this.groups = groups;
        this.end = end;
    }

    void measure(int rounds, Table table) throws Exception {
        process.start();
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get();
            commit(admin);
        }
        finish();
        List<Start> starts = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            starts.add(start());
            finish();
        }
        table.row(groups, end, Spread.of(starts, Start::cpuMs), Spread.of(starts, Start::wallMs));
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", process.bootstrap(), "retry.backoff.ms", 10));
    }

    private void commit(Admin admin) throws ExecutionException, InterruptedException {
        List<KafkaFuture<Void>> underWay = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                offsets.put(new TopicPartition(TOPIC, partition), new OffsetAndMetadata(group));
            }
            underWay.add(
                    admin.alterConsumerGroupOffsets("group-" + group, offsets).all());
            if (underWay.size() == COMMITS_AT_A_TIME || group == groups - 1) {
                for (KafkaFuture<Void> commit : underWay) {
                    commit.get();
                }
                underWay.clear();
            }
        }
    }

    private Start start() throws Exception {
        long begin = System.nanoTime();
        process.start();
        try (Admin admin = admin()) {
            int listed = admin.listGroups().all().get().size();
            double wallMs = (System.nanoTime() - begin) / 1e6;
            if (listed != groups) {
                throw new IllegalStateException(listed + " of " + groups + " groups are listed");
            }
            return new Start(ProcessFigures.cpuMs(process.pid()), wallMs);
        }
    }

    private void finish() {
        if (end == End.STOPPED) {
            process.stop();
        } else {
            process.kill();
        }
    }
}
