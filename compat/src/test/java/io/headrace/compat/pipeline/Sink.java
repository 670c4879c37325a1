package io.headrace.compat.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads the committed records of a topic as they come, in a thread of its own. */
final class Sink implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);

    private final Consumer<String, String> consumer;
    private final Map<String, List<String>> byKey = new HashMap<>();
    private final Thread reader = Thread.ofPlatform().name("sink").unstarted(this::readAll);
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean stopped;

    /** @param consumer with its partitions, at the beginning of them */
    Sink(Consumer<String, String> consumer) {
        this.consumer = consumer;
    }

    void start() {
        reader.start();
    }

    private void readAll() {
        while (!stopped) {
            int more = 0;
            for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
                byKey.computeIfAbsent(record.key(), _ -> new ArrayList<>()).add(record.value());
                more++;
            }
            count.addAndGet(more);
        }
    }

    int count() {
        return count.get();
    }

    /** Ends, and returns the values of each key as they came. */
    Map<String, List<String>> stop() throws InterruptedException {
        stopped = true;
        reader.join();
        return byKey;
    }

    @Override
    public void close() {
        stopped = true;
        try {
            reader.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
