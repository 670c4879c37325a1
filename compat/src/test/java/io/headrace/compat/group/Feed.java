package io.headrace.compat.group;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * A producer that goes on, round after round a record to every partition, each once and in order, so that a record's value
 * tells its offset.
 */
final class Feed {

    static final String TOPIC = "ledger";
    static final int PARTITIONS = 8;

    private final Producer<String, String> producer;
    private final Thread thread;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final AtomicLong rounds = new AtomicLong();
    private volatile boolean stopping;

    private Feed(Producer<String, String> producer) {
        this.producer = producer;
        thread = Thread.ofPlatform().name("feed").unstarted(this::run);
    }

    /** @param producer idempotent, and to be closed by its owner; its linger sets the pace */
    static Feed begin(Producer<String, String> producer) {
        Feed feed = new Feed(producer);
        feed.thread.start();
        return feed;
    }

    static String valueAt(long offset) {
        return Long.toString(offset);
    }

    /** Acknowledged records in every partition. */
    long rounds() {
        return rounds.get();
    }

    /** Fails with what the producer could not get over, if there was something. */
    void check() throws Exception {
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    private void run() {
        try {
            while (!stopping) {
                List<Future<RecordMetadata>> round = new ArrayList<>();
                for (int partition = 0; partition < PARTITIONS; partition++) {
                    round.add(producer.send(new ProducerRecord<>(TOPIC, partition, null, valueAt(rounds.get()))));
                }
                for (Future<RecordMetadata> one : round) {
                    one.get();
                }
                rounds.incrementAndGet();
            }
        } catch (ExecutionException | InterruptedException | RuntimeException e) {
            failure.set(e);
        }
    }

    /** Lets the last round be acknowledged, or the producer be closed, and says how many there were. */
    long end() throws Exception {
        stopping = true;
        thread.join();
        check();
        return rounds.get();
    }
}
