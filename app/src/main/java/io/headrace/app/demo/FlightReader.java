package io.headrace.app.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads the flights from the beginning, until it is told how many there are and has them. It runs on a thread of its own;
 * the check is to be looked at when that has ended.
 */
final class FlightReader implements Runnable {

    private static final Duration POLL = Duration.ofMillis(200);

    private final String bootstrap;
    private final List<TopicPartition> partitions = new ArrayList<>();
    private final DeliveryCheck check;
    private final AtomicLong read = new AtomicLong();
    private final AtomicLong enough = new AtomicLong(Long.MAX_VALUE);
    private final AtomicReference<String> failure = new AtomicReference<>();

    FlightReader(String bootstrap, String topic, int partitionCount, DeliveryCheck check) {
        this.bootstrap = bootstrap;
        this.check = check;
        for (int partition = 0; partition < partitionCount; partition++) {
            partitions.add(new TopicPartition(topic, partition));
        }
    }

    @Override
    public void run() {
        try (KafkaConsumer<String, String> consumer = newConsumer()) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (read.get() < enough.get()) {
                for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
                    check.read(record.key(), GroupMember.number(record), record.partition(), record.value());
                    read.incrementAndGet();
                }
            }
        } catch (KafkaException | NumberFormatException e) {
            failure.set(e.getMessage());
        }
    }

    private KafkaConsumer<String, String> newConsumer() {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        return new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
    }

    /** Lets the reader end with that many records, or, with 0, at once. */
    void endWith(long records) {
        enough.set(records);
    }

    long read() {
        return read.get();
    }

    /** Why it could not go on, or null. */
    String failure() {
        return failure.get();
    }

    DeliveryCheck check() {
        return check;
    }
}
