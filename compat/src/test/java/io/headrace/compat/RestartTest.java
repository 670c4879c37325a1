package io.headrace.compat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a server knew when it went, it knows when it comes back. */
class RestartTest {

    enum End {
        STOPPED,
        KILLED
    }

    @TempDir
    Path directory;

    private ServerProcess server;
    private JavaClients clients;

    @BeforeEach
    void start() {
        server = TestServer.in(directory, Map.of());
        server.start();
        clients = new JavaClients(server.bootstrap());
    }

    @AfterEach
    void end() {
        clients.close();
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void topicsRecordsAndConfigurationsSurvive(End end) throws Exception {
        clients.createTopic("kept", 3, Map.of("retention.ms", "123456789"));
        clients.createTopic("dropped", 2);
        for (int p = 0; p < 3; p++) {
            clients.produce(new TopicPartition("kept", p), "a" + p, "b" + p);
        }
        admin().deleteTopics(List.of("dropped")).all().get();
        TopicDescription before = describe("kept");
        String clusterBefore = admin().describeCluster().clusterId().get();

        restart(end);

        TopicDescription after = describe("kept");
        assertThat(after.topicId()).isEqualTo(before.topicId());
        assertThat(after.partitions()).hasSize(3);
        assertThat(admin().listTopics().names().get()).containsExactly("kept");
        assertThat(admin().describeCluster().clusterId().get()).isEqualTo(clusterBefore);
        assertThat(topicConfig("kept", "retention.ms")).isEqualTo("123456789");
        for (int p = 0; p < 3; p++) {
            assertThat(clients.readValues(new TopicPartition("kept", p), 2)).containsExactly("a" + p, "b" + p);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasChangedOnTheWaySurvives(End end) throws Exception {
        TopicPartition partition = clients.partition("changed");
        clients.produce(partition, "a", "b", "c");
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "changed");
        admin().incrementalAlterConfigs(Map.of(
                        topic,
                        List.of(new AlterConfigOp(
                                new ConfigEntry("max.message.bytes", "777777"), AlterConfigOp.OpType.SET))))
                .all()
                .get();
        admin().createPartitions(Map.of("changed", NewPartitions.increaseTo(4)))
                .all()
                .get();
        admin().deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(2)))
                .all()
                .get();

        restart(end);

        assertThat(topicConfig("changed", "max.message.bytes")).isEqualTo("777777");
        assertThat(describe("changed").partitions()).hasSize(4);
        try (Consumer<String, String> consumer = clients.consumer()) {
            // Kafka writes the new start down every minute, and at a clean stop.
            if (end == End.STOPPED || !TestServer.isKafka()) {
                assertThat(consumer.beginningOffsets(Set.of(partition))).isEqualTo(Map.of(partition, 2L));
            }
            assertThat(consumer.endOffsets(Set.of(partition))).isEqualTo(Map.of(partition, 3L));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anIdempotentProducerGoesOnWhereItWas(End end) throws Exception {
        TopicPartition partition = clients.partition("idempotent");
        List<String> expected = IntStream.range(0, 300).mapToObj(n -> "v" + n).toList();
        try (Producer<String, String> producer =
                clients.producer("linger.ms", "0", "batch.size", "100", "request.timeout.ms", "5000")) {
            List<Future<RecordMetadata>> answers = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                answers.add(producer.send(new ProducerRecord<>("idempotent", 0, null, expected.get(i))));
                if (i == 150) {
                    restart(end);
                }
            }
            for (int i = 0; i < 300; i++) {
                assertThat(answers.get(i).get().offset()).isEqualTo(i);
            }
        }

        assertThat(clients.readValues(partition, 300)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void noProducerIdIsGivenTwice(End end) throws Exception {
        TopicPartition partition = clients.partition("ids");
        clients.produce(partition, "one");
        clients.produce(partition, "two");

        restart(end);
        clients.produce(partition, "three");

        clients.read(partition, 3);
        assertThat(StoredBatches.of(server.dataDirectory(), partition))
                .extracting(StoredBatches.Batch::producerId)
                .doesNotHaveDuplicates()
                .hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void aWaitingConsumerGoesOnToo(End end) throws Exception {
        TopicPartition partition = clients.partition("followed");
        clients.produce(partition, "before");
        try (Consumer<String, String> consumer = clients.consumer()) {
            consumer.assign(List.of(partition));
            assertThat(JavaClients.values(JavaClients.poll(consumer, 1))).containsExactly("before");

            restart(end);
            clients.produce(partition, "after");

            assertThat(JavaClients.values(JavaClients.poll(consumer, 1))).containsExactly("after");
        }
    }

    private void restart(End end) {
        if (end == End.KILLED) {
            server.kill();
        } else {
            server.stop();
        }
        server.start();
    }

    private Admin admin() {
        return clients.admin();
    }

    private TopicDescription describe(String topic) throws Exception {
        return admin().describeTopics(List.of(topic)).allTopicNames().get().get(topic);
    }

    private String topicConfig(String topic, String key) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin().describeConfigs(List.of(resource))
                .all()
                .get()
                .get(resource)
                .get(key)
                .value();
    }
}
