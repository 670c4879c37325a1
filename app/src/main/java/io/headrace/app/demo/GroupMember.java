package io.headrace.app.demo;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * One member of the group: an ordinary consumer that commits after each batch. It runs on a thread of its own until it is
 * told to leave.
 */
final class GroupMember implements Runnable {

    private static final Duration POLL = Duration.ofMillis(100);

    private final String bootstrap;
    private final String topic;
    private final String group;
    private final GroupCheck check;
    private final AtomicBoolean leaving = new AtomicBoolean();
    private final AtomicInteger partitions = new AtomicInteger();
    private final AtomicReference<String> failure = new AtomicReference<>();

    GroupMember(String bootstrap, String topic, String group, GroupCheck check) {
        this.bootstrap = bootstrap;
        this.topic = topic;
        this.group = group;
        this.check = check;
    }

    @Override
    public void run() {
        try (KafkaConsumer<String, String> consumer = newConsumer()) {
            consumer.subscribe(List.of(topic), new Assigned());
            while (!leaving.get()) {
                ConsumerRecords<String, String> records = consumer.poll(POLL);
                for (ConsumerRecord<String, String> record : records) {
                    check.read(record, number(record));
                }
                if (!records.isEmpty()) {
                    commit(consumer, records);
                }
            }
        } catch (KafkaException | NumberFormatException e) {
            failure.set(e.toString());
        }
        partitions.set(0);
    }

    private KafkaConsumer<String, String> newConsumer() {
        Map<String, Object> config = new HashMap<>();
        config.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        config.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer());
    }

    static long number(ConsumerRecord<String, String> record) {
        return Long.parseLong(
                new String(record.headers().lastHeader(FlightProducer.NUMBER).value(), StandardCharsets.US_ASCII));
    }

    /** What is not confirmed is read again by whoever has the partition then. */
    private void commit(KafkaConsumer<String, String> consumer, ConsumerRecords<String, String> records) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            long next = records.records(partition).getLast().offset() + 1;
            offsets.put(partition, new OffsetAndMetadata(next));
        }
        try {
            consumer.commitSync(offsets);
            offsets.forEach((partition, offset) -> check.committed(partition.partition(), offset.offset()));
        } catch (CommitFailedException | RebalanceInProgressException | RetriableException notConfirmed) {
            // The group has gone on without this member, or the broker has died meanwhile.
            return;
        }
    }

    /** Lets it commit what it has, and say goodbye. */
    void leave() {
        leaving.set(true);
    }

    /** How many it reads now. */
    int partitions() {
        return partitions.get();
    }

    /** Why it could not go on, or null. */
    String failure() {
        return failure.get();
    }

    private final class Assigned implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> more) {
            partitions.addAndGet(more.size());
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> fewer) {
            partitions.addAndGet(-fewer.size());
        }
    }
}
