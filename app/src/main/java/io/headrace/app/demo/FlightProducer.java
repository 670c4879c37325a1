package io.headrace.app.demo;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Streams passes over the flights, each keyed by its origin and with its number in the origin's sequence as a header. It
 * runs on a thread of its own; whoever started it may ask for the counts at any time.
 */
final class FlightProducer implements Runnable {

    static final String NUMBER = "number";
    private static final int PACE_RECORDS = 1_000;

    private final String bootstrap;
    private final String topic;
    private final Flights flights;
    private final Map<String, Long> sent = new HashMap<>();
    private final AtomicLong sentCount = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong lastAcknowledgedNanos = new AtomicLong();
    private final AtomicReference<String> failure = new AtomicReference<>();
    private final AtomicBoolean lastPass = new AtomicBoolean();
    private int passes;
    private long startNanos;
    private long elapsedNanos;

    FlightProducer(String bootstrap, String topic, Flights flights) {
        this.bootstrap = bootstrap;
        this.topic = topic;
        this.flights = flights;
    }

    @Override
    public void run() {
        try (KafkaProducer<String, String> producer = newProducer()) {
            startNanos = System.nanoTime();
            while (!lastPass.get() && failure.get() == null) {
                pass(producer);
                passes++;
            }
            producer.flush();
        } catch (KafkaException e) {
            failure.compareAndSet(null, e.getMessage());
        }
        elapsedNanos = System.nanoTime() - startNanos;
    }

    private KafkaProducer<String, String> newProducer() {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
    }

    private void pass(KafkaProducer<String, String> producer) {
        for (Flights.Flight flight : flights.all()) {
            long number = sent.merge(flight.origin(), 1L, Long::sum) - 1;
            byte[] header = Long.toString(number).getBytes(StandardCharsets.US_ASCII);
            var _ = producer.send(
                    new ProducerRecord<>(
                            topic, null, flight.origin(), flight.line(), List.of(new RecordHeader(NUMBER, header))),
                    (_, fault) -> answered(fault));
            sentCount.incrementAndGet();
            bytes.addAndGet(flight.origin().length() + flight.line().length());
            if (sentCount.get() % PACE_RECORDS == 0) {
                pace();
            }
        }
    }

    private void pace() {
        long dueNanos = startNanos + sentCount.get() * TimeUnit.SECONDS.toNanos(1) / Limits.RECORDS_PER_SECOND;
        LockSupport.parkNanos(dueNanos - System.nanoTime());
    }

    private void answered(Exception fault) {
        if (fault == null) {
            acknowledged.incrementAndGet();
            lastAcknowledgedNanos.set(System.nanoTime());
        } else {
            failure.compareAndSet(null, fault.getMessage());
        }
    }

    /** Lets it finish the pass that it is in, and end when everything is acknowledged. */
    void finish() {
        lastPass.set(true);
    }

    long sentCount() {
        return sentCount.get();
    }

    /** Of keys and values. */
    long bytes() {
        return bytes.get();
    }

    long acknowledged() {
        return acknowledged.get();
    }

    /** When the last acknowledgement came, by System.nanoTime. */
    long lastAcknowledgedNanos() {
        return lastAcknowledgedNanos.get();
    }

    /** Why a record was not written, or null. */
    String failure() {
        return failure.get();
    }

    /** By key; only after the thread has ended, as what follows. */
    Map<String, Long> sent() {
        return sent;
    }

    int passes() {
        return passes;
    }

    long elapsedNanos() {
        return elapsedNanos;
    }
}
