package io.headrace.compat.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Sends numbered records of some keys without end, and knows what it has sent. A thread of its own sends. */
final class Source implements AutoCloseable {

    private static final int KEYS = 50;

    /** How far it runs ahead of what has come out, in records. */
    private static final int LEAD = 2_000;

    private static final long PAUSE_NANOS = 1_000_000;

    private final Producer<String, String> producer;
    private final String topic;
    private final IntSupplier arrived;
    private final AtomicReference<Exception> refused = new AtomicReference<>();
    private final Thread sender = Thread.ofPlatform().name("source").unstarted(this::sendAll);
    private volatile boolean stopped;
    private int sent;

    /** @param arrived how many records have come out at the other end */
    Source(Producer<String, String> producer, String topic, IntSupplier arrived) {
        this.producer = producer;
        this.topic = topic;
        this.arrived = arrived;
    }

    void start() {
        sender.start();
    }

    private void sendAll() {
        while (!stopped && refused.get() == null) {
            if (sent - arrived.getAsInt() >= LEAD) {
                LockSupport.parkNanos(PAUSE_NANOS);
                continue;
            }
            Future<RecordMetadata> _ = producer.send(
                    new ProducerRecord<>(topic, key(sent), value(sent)),
                    (_, failure) -> refused.compareAndSet(null, failure));
            sent++;
        }
    }

    /** Ends when all that it has sent is acknowledged, and returns how many that were. */
    int stop() throws Exception {
        stopped = true;
        sender.join();
        producer.flush();
        if (refused.get() != null) {
            throw refused.get();
        }
        return sent;
    }

    /** What must come out, by key. */
    Map<String, List<String>> transformed() {
        Map<String, List<String>> byKey = new HashMap<>();
        for (int i = 0; i < sent; i++) {
            byKey.computeIfAbsent(key(i), _ -> new ArrayList<>()).add(Worker.transformed(value(i)));
        }
        return byKey;
    }

    /** Ends at once. */
    @Override
    public void close() {
        stopped = true;
        producer.close(Duration.ZERO);
        try {
            sender.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String key(int i) {
        return "key-" + i % KEYS;
    }

    private static String value(int i) {
        return Integer.toString(i);
    }
}
