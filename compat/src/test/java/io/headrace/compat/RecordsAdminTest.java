package io.headrace.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DeletedRecords;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.OffsetOutOfRangeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RecordsAdminTest {

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults();

    @Test
    void deletedRecordsAreNotReadAgain() throws Exception {
        TopicPartition partition = server.clients().partition("purged");
        server.clients().produce(partition, "a", "b", "c", "d", "e");

        assertThat(deleteBefore(partition, 3)).isEqualTo(3);

        try (Consumer<String, String> consumer = server.clients().consumer()) {
            assertThat(consumer.beginningOffsets(Set.of(partition))).isEqualTo(Map.of(partition, 3L));
            assertThat(consumer.endOffsets(Set.of(partition))).isEqualTo(Map.of(partition, 5L));
            consumer.assign(List.of(partition));
            consumer.seek(partition, 0);
            List<ConsumerRecord<String, String>> read = JavaClients.poll(consumer, 2);
            assertThat(JavaClients.values(read)).containsExactly("d", "e");
        }
    }

    @Test
    void deletingAllLeavesAnEmptyPartitionThatGoesOn() throws Exception {
        TopicPartition partition = server.clients().partition("emptied");
        server.clients().produce(partition, "a", "b");

        assertThat(deleteBefore(partition, -1)).isEqualTo(2);
        server.clients().produce(partition, "c");

        ConsumerRecord<String, String> read =
                server.clients().read(partition, 1).getFirst();
        assertThat(read.offset()).isEqualTo(2);
        assertThat(read.value()).isEqualTo("c");
        assertThat(deleteBefore(partition, 1)).as("what is gone already").isEqualTo(2);
    }

    @Test
    void moreThanThereIsCannotBeDeleted() throws Exception {
        TopicPartition partition = server.clients().partition("short");
        server.clients().produce(partition, "a");

        KafkaFuture<DeletedRecords> answer = admin().deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(2)))
                .lowWatermarks()
                .get(partition);

        assertThat(JavaClients.failure(answer)).isInstanceOf(OffsetOutOfRangeException.class);
    }

    @Test
    void theClusterIsOneNodeThatIsItsOwnController() throws Exception {
        DescribeClusterResult cluster = admin().describeCluster();

        assertThat(cluster.clusterId().get()).hasSize(22);
        Collection<Node> nodes = cluster.nodes().get();
        assertThat(nodes).hasSize(1);
        Node node = nodes.iterator().next();
        assertThat(node.id()).isEqualTo(1);
        assertThat(node.host()).isEqualTo("127.0.0.1");
        assertThat(node.port()).isEqualTo(server.process().port());
        assertThat(cluster.controller().get().id()).isEqualTo(1);
    }

    @Test
    void theLogDirectoryIsDescribedWithTheSizeOfEveryPartition() throws Exception {
        TopicPartition partition = server.clients().partition("weighed");
        server.clients().produce(partition, "x".repeat(10_000));

        Map<String, LogDirDescription> directories =
                admin().describeLogDirs(List.of(1)).allDescriptions().get().get(1);

        assertThat(directories.keySet())
                .containsExactly(server.process().dataDirectory().toString());
        LogDirDescription directory = directories.values().iterator().next();
        assertThat(directory.error()).isNull();
        assertThat(directory.totalBytes().getAsLong()).isPositive();
        assertThat(directory.usableBytes().getAsLong()).isPositive();
        ReplicaInfo replica = directory.replicaInfos().get(partition);
        assertThat(replica.size()).isBetween(10_000L, 11_000L);
        assertThat(replica.offsetLag()).isZero();
        assertThat(replica.isFuture()).isFalse();
    }

    @Test
    void activeProducersAreDescribed() throws Exception {
        TopicPartition partition = server.clients().partition("produced");
        try (Producer<String, String> producer = server.clients().producer("linger.ms", "0")) {
            for (int i = 0; i < 3; i++) {
                producer.send(new ProducerRecord<>("produced", 0, null, "v" + i))
                        .get();
            }
        }

        List<ProducerState> states = admin().describeProducers(List.of(partition))
                .partitionResult(partition)
                .get()
                .activeProducers();

        assertThat(states).hasSize(1);
        ProducerState state = states.getFirst();
        assertThat(state.producerId()).isNotNegative();
        assertThat(state.producerEpoch()).isZero();
        assertThat(state.lastSequence()).isEqualTo(2);
        assertThat(state.currentTransactionStartOffset()).isEmpty();
        assertThat(state.coordinatorEpoch()).isEmpty();
        assertThat(state.lastTimestamp()).isCloseTo(System.currentTimeMillis(), within(60_000L));
    }

    private static Admin admin() {
        return server.clients().admin();
    }

    private static long deleteBefore(TopicPartition partition, long offset) throws Exception {
        return admin().deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset)))
                .lowWatermarks()
                .get(partition)
                .get()
                .lowWatermark();
    }
}
