package io.headrace.benchmarks.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Consumer groups of one member each, of the Java client with the consumer protocol (KIP-848): everyone reads all of the topic,
 * on a thread of its own, and commits ten times a second and at the end. They join when they are made and read when they are
 * told.
 */
public final class GroupReaders implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final int COMMIT_INTERVAL_MS = 100;

    private final List<Reader> readers = new ArrayList<>();

    /** @param recordsEach how many records a member reads before it is done */
    public GroupReaders(int port, String topic, List<String> groups, long recordsEach) throws InterruptedException {
        for (String group : groups) {
            readers.add(new Reader(port, topic, group, recordsEach));
        }
        for (Reader reader : readers) {
            reader.joined.await();
        }
    }

    /** Returns when all have read and committed everything. */
    public void read() {
        readers.forEach(reader -> reader.begin.countDown());
        readers.forEach(reader -> reader.done.join());
    }

    @Override
    public void close() {
        readers.forEach(reader -> reader.leave.countDown());
        readers.forEach(reader -> reader.begin.countDown());
        readers.forEach(reader -> reader.left.join());
    }

    private static final class Reader implements ConsumerRebalanceListener {
        private final String topic;
        private final long records;
        private final KafkaConsumer<byte[], byte[]> consumer;
        private final CountDownLatch joined = new CountDownLatch(1);
        private final CountDownLatch begin = new CountDownLatch(1);
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private final CountDownLatch leave = new CountDownLatch(1);
        private final CompletableFuture<Void> left = new CompletableFuture<>();

        Reader(int port, String topic, String group, long records) {
            this.topic = topic;
            this.records = records;
            this.consumer = new KafkaConsumer<>(
                    Map.of(
                            "bootstrap.servers",
                            "127.0.0.1:" + port,
                            "group.id",
                            group,
                            "group.protocol",
                            "consumer",
                            "auto.offset.reset",
                            "earliest",
                            "auto.commit.interval.ms",
                            COMMIT_INTERVAL_MS),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
            Thread.ofPlatform().name(group).start(this::live);
        }

        private void live() {
            try (consumer) {
                consumer.subscribe(List.of(topic), this);
                while (consumer.assignment().isEmpty()) {
                    consumer.poll(POLL);
                }
                joined.countDown();
                begin.await();
                consumer.resume(consumer.assignment());
                for (long read = 0; read < records && leave.getCount() > 0; ) {
                    read += consumer.poll(POLL).count();
                }
                consumer.commitSync();
                done.complete(null);
                leave.await();
            } catch (InterruptedException | RuntimeException e) {
                done.completeExceptionally(e);
                joined.countDown();
            } finally {
                left.complete(null);
            }
        }

        /** Nothing is fetched before all have joined. */
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            consumer.pause(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
    }
}
