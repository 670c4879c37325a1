package io.headrace.benchmarks.load;

import io.headrace.compat.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** What the broker at this port is asked before and after the load. */
public record Topics(int port) {

    private static final Duration FLUSH_PATIENCE = Duration.ofSeconds(20);

    /** Returns when every partition can be used. */
    public void create(String topic, int partitions) throws IOException {
        create(topic, partitions, Map.of());
    }

    /** As above, with some of Kafka's keys. */
    public void create(String topic, int partitions, Map<String, String> configs) throws IOException {
        try (RawClient client = RawClient.connect(port)) {
            Requests.createTopic(client, topic, partitions, configs);
            Requests.awaitUsable(client, topic, partitions);
        }
    }

    public void configure(String topic, String key, String value) throws IOException {
        try (RawClient client = RawClient.connect(port)) {
            Requests.configureTopic(client, topic, key, value);
        }
    }

    public void delete(String topic) throws IOException {
        try (RawClient client = RawClient.connect(port)) {
            Requests.deleteTopic(client, topic);
        }
    }

    /** Writes so many batches to a partition, acknowledged by acks=all. */
    public void fill(String topic, int partition, int batches, int recordsPerBatch) throws IOException {
        try (RawClient client = RawClient.connect(port)) {
            for (int i = 0; i < batches; i++) {
                Requests.write(client, topic, partition, recordsPerBatch);
            }
        }
    }

    /** Fails unless exactly so many records can be read from the topic, once what acks=1 left unflushed is flushed. */
    public void requireRecords(String topic, int partitions, long expected) throws IOException {
        long giveUp = System.nanoTime() + FLUSH_PATIENCE.toNanos();
        try (RawClient client = RawClient.connect(port)) {
            long found = Requests.endOffset(client, topic, partitions);
            while (found < expected && System.nanoTime() < giveUp) {
                found = Requests.endOffset(client, topic, partitions);
            }
            if (found != expected) {
                throw new IOException(found + " records in " + topic + " where " + expected + " were sent");
            }
        }
    }
}
