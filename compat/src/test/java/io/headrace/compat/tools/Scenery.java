package io.headrace.compat.tools;

import io.headrace.compat.ServerProcess;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * What there is on a server before the tools look at it.
 *
 * <ul>
 *   <li>topic {@code ten} with two partitions: records 0 to 9 in the first, of the seconds 1 to 10 of 1970;
 *   <li>group {@code resting}, without members, which has committed 4 in {@code ten-0} and 0 in {@code ten-1};
 *   <li>group {@code classic-at-work} and group {@code consumer-at-work}, each with one member, on {@code ten};
 *   <li>topic {@code exact} with one transaction committed, one aborted, and one open.
 * </ul>
 */
final class Scenery implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ServerProcess server;
    private final List<Closeable> opened = new ArrayList<>();

    private Scenery(ServerProcess server) {
        this.server = server;
    }

    static Scenery on(ServerProcess server) throws ExecutionException, InterruptedException {
        Scenery scenery = new Scenery(server);
        scenery.topics();
        scenery.rest("resting");
        scenery.rest("to-delete");
        scenery.work("classic-at-work", "classic");
        scenery.work("consumer-at-work", "consumer");
        scenery.transactions();
        return scenery;
    }

    private void topics() throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(configs())) {
            List<NewTopic> topics = List.of(new NewTopic("ten", 2, (short) 1), new NewTopic("exact", 1, (short) 1));
            admin.createTopics(topics).all().get();
        }
        try (Producer<String, String> producer =
                new KafkaProducer<>(configs(), new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < 10; i++) {
                producer.send(new ProducerRecord<>("ten", 0, (i + 1) * 1_000L, "key-" + i, "value-" + i))
                        .get();
            }
        }
    }

    private void rest(String group) {
        try (Consumer<String, String> consumer = consumer("group.id", group)) {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            offsets.put(new TopicPartition("ten", 0), new OffsetAndMetadata(4));
            offsets.put(new TopicPartition("ten", 1), new OffsetAndMetadata(0));
            consumer.commitSync(offsets);
        }
    }

    private void work(String group, String protocol) {
        Consumer<String, String> consumer = consumer(
                "group.id",
                group,
                "group.protocol",
                protocol,
                "client.id",
                "worker",
                "max.poll.interval.ms",
                "3600000");
        opened.add(() -> consumer.close(CloseOptions.timeout(Duration.ZERO)));
        consumer.subscribe(List.of("ten"));
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int records = 0;
        while (records < 10 || consumer.assignment().size() < 2) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException(group + " does not get to work");
            }
            records += consumer.poll(POLL).count();
        }
        consumer.commitSync();
    }

    private void transactions() throws ExecutionException, InterruptedException {
        Producer<String, String> producer = new KafkaProducer<>(
                configs("transactional.id", "teller", "client.id", "teller", "transaction.timeout.ms", "900000"),
                new StringSerializer(),
                new StringSerializer());
        opened.add(() -> producer.close(Duration.ZERO));
        producer.initTransactions();
        for (int round = 0; round < 3; round++) {
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("exact", 0, 1_000L, "key", "value-" + round))
                    .get();
            if (round == 0) {
                producer.commitTransaction();
            } else if (round == 1) {
                producer.abortTransaction();
            }
        }
    }

    private Consumer<String, String> consumer(String... more) {
        Map<String, Object> configs = configs(more);
        configs.put("auto.offset.reset", "earliest");
        configs.put("enable.auto.commit", "false");
        return new KafkaConsumer<>(configs, new StringDeserializer(), new StringDeserializer());
    }

    private Map<String, Object> configs(String... more) {
        Map<String, Object> configs = new HashMap<>();
        configs.put("bootstrap.servers", server.bootstrap());
        for (int i = 0; i < more.length; i += 2) {
            configs.put(more[i], more[i + 1]);
        }
        return configs;
    }

    @Override
    public void close() throws IOException {
        for (Closeable one : opened) {
            one.close();
        }
    }
}
