package io.headrace.compat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes Java clients of one server, and closes those that its user has not. */
public final class JavaClients implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    private final String bootstrap;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private Admin admin;

    public JavaClients(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /** One for all; it is safe to share. */
    public Admin admin() {
        if (admin == null) {
            admin = Admin.create(properties());
            opened.add(admin);
        }
        return admin;
    }

    /** @param configs keys and values by turns */
    public Producer<String, String> producer(String... configs) {
        Producer<String, String> producer =
                new KafkaProducer<>(properties(configs), new StringSerializer(), new StringSerializer());
        opened.add(() -> producer.close(Duration.ZERO));
        return producer;
    }

    /** A consumer without a group, which begins where there is something. */
    public Consumer<String, String> consumer(String... configs) {
        return consumer(new StringDeserializer(), configs);
    }

    public <V> Consumer<String, V> consumer(Deserializer<V> values, String... configs) {
        Properties properties = properties("auto.offset.reset", "earliest", "enable.auto.commit", "false");
        properties.putAll(properties(configs));
        KafkaConsumer<String, V> consumer = new KafkaConsumer<>(properties, new StringDeserializer(), values);
        opened.add(() -> consumer.close(CloseOptions.timeout(Duration.ZERO)));
        return consumer;
    }

    private Properties properties(String... configs) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", bootstrap);
        properties.put("reconnect.backoff.ms", "20");
        properties.put("reconnect.backoff.max.ms", "100");
        for (int i = 0; i < configs.length; i += 2) {
            properties.put(configs[i], configs[i + 1]);
        }
        return properties;
    }

    public void createTopic(String name, int partitions) throws Exception {
        createTopic(name, partitions, Map.of());
    }

    public void createTopic(String name, int partitions, Map<String, String> configs) throws Exception {
        NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(configs);
        admin().createTopics(List.of(topic)).all().get();
    }

    /** A topic with one partition. */
    public TopicPartition partition(String topic, Map<String, String> configs) throws Exception {
        createTopic(topic, 1, configs);
        return new TopicPartition(topic, 0);
    }

    public TopicPartition partition(String topic) throws Exception {
        return partition(topic, Map.of());
    }

    /** Sends them all, then waits for every answer. */
    public static List<RecordMetadata> send(
            Producer<String, String> producer, List<ProducerRecord<String, String>> records) throws Exception {
        List<Future<RecordMetadata>> answers = new ArrayList<>();
        for (ProducerRecord<String, String> record : records) {
            answers.add(producer.send(record));
        }
        producer.flush();
        List<RecordMetadata> placed = new ArrayList<>();
        for (Future<RecordMetadata> answer : answers) {
            placed.add(answer.get());
        }
        return placed;
    }

    /** Produces values to a partition, in order, with a producer of its own. */
    List<RecordMetadata> produce(TopicPartition partition, String... values) throws Exception {
        List<ProducerRecord<String, String>> records = new ArrayList<>();
        for (String value : values) {
            records.add(new ProducerRecord<>(partition.topic(), partition.partition(), null, value));
        }
        try (Producer<String, String> producer = producer()) {
            return send(producer, records);
        }
    }

    /** Reads a partition from its beginning, with a consumer of its own. */
    List<ConsumerRecord<String, String>> read(TopicPartition partition, int count) {
        try (Consumer<String, String> consumer = consumer()) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return poll(consumer, count);
        }
    }

    List<String> readValues(TopicPartition partition, int count) {
        return values(read(partition, count));
    }

    static List<String> values(List<ConsumerRecord<String, String>> records) {
        return records.stream().map(ConsumerRecord::value).toList();
    }

    /** Polls until there are this many records; more that come along are returned too. */
    static List<ConsumerRecord<String, String>> poll(Consumer<String, String> consumer, int count) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (records.size() < count) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(
                        records.size() + " of " + count + " records in " + PATIENCE + " of " + consumer.assignment());
            }
            consumer.poll(POLL).forEach(records::add);
        }
        return records;
    }

    /** What a request that must fail failed with. */
    static Throwable failure(KafkaFuture<?> future) throws InterruptedException {
        return failure((Future<?>) future.toCompletionStage().toCompletableFuture());
    }

    static Throwable failure(Future<?> future) throws InterruptedException {
        try {
            throw new AssertionError("it succeeded: " + future.get());
        } catch (ExecutionException e) {
            return e.getCause();
        }
    }

    @Override
    public void close() {
        Collections.reverse(opened);
        for (AutoCloseable client : opened) {
            try {
                client.close();
            } catch (Exception e) {
                throw new IllegalStateException("a client does not close", e);
            }
        }
    }
}
