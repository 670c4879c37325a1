package io.headrace.benchmarks.load;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Apache Kafka's own client with its default settings, in this JVM, as fast as it goes. */
public record JavaClients(int port) {

    private static final Duration POLL = Duration.ofMillis(100);

    /** Idempotent, acks=all, batches of up to 16 KB; to the partitions in turn. Returns when all are acknowledged. */
    public void produce(String topic, int partitions, int records) {
        byte[] value = new byte[Requests.RECORD_BYTES];
        CompletableFuture<Void> failure = new CompletableFuture<>();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap()), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < records; i++) {
                var _ = producer.send(new ProducerRecord<>(topic, i % partitions, null, value), (_, e) -> {
                    if (e != null) {
                        failure.completeExceptionally(e);
                    }
                });
            }
            producer.flush();
        }
        failure.complete(null);
        failure.join();
    }

    /** All partitions from the beginning, without a group, until so many records have been read. */
    public void consume(String topic, int partitions, long records) {
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(i -> new TopicPartition(topic, i))
                .toList();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap(), "auto.offset.reset", "earliest", "enable.auto.commit", false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            consumer.assign(all);
            for (long read = 0; read < records; ) {
                read += consumer.poll(POLL).count();
            }
        }
    }

    private String bootstrap() {
        return "127.0.0.1:" + port;
    }
}
