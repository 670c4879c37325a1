package io.headrace.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Topics that come and go under the hands of clients. */
class TopicLifeTest {

    @RegisterExtension
    static final TestServer server = TestServer.withDefaults().set("auto.create.topics.enable", "false");

    @Test
    void withoutAutoCreationAnAbsentTopicStaysAbsent() throws Exception {
        try (Producer<String, String> producer = server.clients().producer("max.block.ms", "1000")) {
            Future<RecordMetadata> refused = producer.send(new ProducerRecord<>("absent", "lost"));
            assertThat(JavaClients.failure(refused)).isInstanceOf(TimeoutException.class);
        }
        assertThat(admin().listTopics().names().get()).doesNotContain("absent");
    }

    @Test
    void aNameThatIsNoneIsRefusedToAProducer() throws Exception {
        try (Producer<String, String> producer = server.clients().producer("max.block.ms", "5000")) {
            Future<RecordMetadata> refused = producer.send(new ProducerRecord<>("not a name", "lost"));
            assertThat(JavaClients.failure(refused)).isInstanceOf(InvalidTopicException.class);
        }
        try (Consumer<String, String> consumer = server.clients().consumer()) {
            assertThatThrownBy(() -> consumer.partitionsFor("not a name")).isInstanceOf(InvalidTopicException.class);
        }
    }

    @Test
    void aConsumerWaitsForATopicThatComesLater() throws Exception {
        TopicPartition partition = new TopicPartition("awaited", 0);
        try (Consumer<String, String> consumer = server.clients().consumer("metadata.max.age.ms", "200")) {
            consumer.assign(List.of(partition));
            assertThat(consumer.poll(Duration.ofMillis(200)).isEmpty()).isTrue();

            server.clients().createTopic("awaited", 1);
            server.clients().produce(partition, "here");

            assertThat(JavaClients.values(JavaClients.poll(consumer, 1))).containsExactly("here");
        }
    }

    @Test
    void aTopicOfTheSameNameIsAnotherTopic() throws Exception {
        TopicPartition partition = server.clients().partition("reborn");
        Uuid first = id("reborn");
        server.clients().produce(partition, "old", "older");

        recreate("reborn");
        server.clients().produce(partition, "new");

        assertThat(id("reborn")).isNotEqualTo(first);
        List<ConsumerRecord<String, String>> read = server.clients().read(partition, 1);
        assertThat(JavaClients.values(read)).containsExactly("new");
        assertThat(read.getFirst().offset()).isZero();
    }

    @Test
    void aConsumerGoesOnWithTheNewTopicOfTheSameName() throws Exception {
        TopicPartition partition = server.clients().partition("followed");
        server.clients().produce(partition, "old-0", "old-1", "old-2");
        try (Consumer<String, String> consumer =
                server.clients().consumer("metadata.max.age.ms", "200", "fetch.max.wait.ms", "100")) {
            consumer.assign(List.of(partition));
            JavaClients.poll(consumer, 3);

            recreate("followed");
            server.clients().produce(partition, "new-0");

            assertThat(JavaClients.values(JavaClients.poll(consumer, 1))).containsExactly("new-0");
        }
    }

    @Test
    void aProducerGoesOnWithTheNewTopicOfTheSameName() throws Exception {
        TopicPartition partition = server.clients().partition("refilled");
        try (Producer<String, String> producer = server.clients()
                .producer(
                        "metadata.max.age.ms",
                        "200",
                        "linger.ms",
                        "0",
                        "delivery.timeout.ms",
                        "30000",
                        "request.timeout.ms",
                        "10000")) {
            for (int i = 0; i < 10; i++) {
                producer.send(new ProducerRecord<>("refilled", 0, null, "old-" + i))
                        .get();
            }

            recreate("refilled");

            for (int i = 0; i < 10; i++) {
                producer.send(new ProducerRecord<>("refilled", 0, null, "new-" + i))
                        .get();
            }
        }
        assertThat(server.clients().readValues(partition, 10))
                .hasSize(10)
                .allSatisfy(value -> assertThat(value).startsWith("new-"));
    }

    private static Admin admin() {
        return server.clients().admin();
    }

    private static Uuid id(String topic) throws Exception {
        return admin().describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .get(topic)
                .topicId();
    }

    private static void recreate(String topic) throws Exception {
        admin().deleteTopics(List.of(topic)).all().get();
        Eventually.until(
                "the topic is gone", () -> !admin().listTopics().names().get().contains(topic));
        server.clients().createTopic(topic, 1);
    }
}
