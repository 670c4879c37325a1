package io.headrace.compat.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.compat.BrokerProcess;
import io.headrace.compat.Eventually;
import io.headrace.compat.FreePort;
import io.headrace.compat.JavaClients;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An application that consumes, transforms and produces in transactions gives out each record once and each key in its
 * order, whatever happens to its workers and to the broker. Each fault happens once, in an order that depends on the seed;
 * {@code -Dheadrace.long=true} ({@code ./dev torture}) lets each happen many times, {@code -Dheadrace.seed=N} in other orders.
 */
@Timeout(1_800)
class ConsumeTransformProduceTest {

    private static final int ROUNDS = Boolean.getBoolean("headrace.long") ? 10 : 1;
    private static final long SEED = Long.getLong("headrace.seed", 1);
    private static final int WORKERS = 3;
    private static final int PARTITIONS = 6;

    /** Records that come out between two faults, at least. */
    private static final int STRETCH = 1_000;

    @TempDir
    Path directory;

    private BrokerProcess broker;
    private JavaClients clients;

    @BeforeEach
    void start() throws Exception {
        broker = BrokerProcess.in(directory)
                .onPort(FreePort.any())
                .set("group.min.session.timeout.ms", "1000")
                .set("group.consumer.min.heartbeat.interval.ms", "100")
                .set("group.consumer.heartbeat.interval.ms", Integer.toString(Crew.HEARTBEAT_INTERVAL_MS))
                .set("group.consumer.min.session.timeout.ms", "1000")
                .set("group.consumer.session.timeout.ms", Integer.toString(Crew.SESSION_TIMEOUT_MS));
        broker.start();
        clients = new JavaClients(broker.bootstrap());
        clients.createTopic("in", PARTITIONS);
        clients.createTopic("out", PARTITIONS);
    }

    @AfterEach
    void end() {
        broker.close();
        clients.close();
    }

    @ParameterizedTest(name = "{0} protocol")
    @ValueSource(strings = {"classic", "consumer"})
    void whatGoesInComesOutOnceAndInOrder(String protocol) throws Exception {
        try (Sink sink = new Sink(readerFromTheBeginning());
                Source source = new Source(patientProducer(), "in", sink::count);
                Crew crew = new Crew(broker.bootstrap(), protocol, "in", "out", clients.admin())) {
            try {
                long begun = System.nanoTime();
                crew.start(WORKERS);
                source.start();
                sink.start();
                crew.awaitAll();
                inflictAll(crew, sink);
                int sent = source.stop();
                awaitOutput(sink, sent, crew);

                assertThat(ExactlyOnce.findings(source.transformed(), sink.stop()))
                        .isEmpty();
                assertThat(ExactlyOnce.findings(source.transformed(), readAgain()))
                        .isEmpty();
                assertThat(committed()).isEqualTo(ends());
                System.out.printf(
                        "%,d records, %d faults, %d processes, %s protocol, seed %d, %d ms: once and in order%n",
                        sent,
                        ROUNDS * Fault.values().length,
                        crew.processes(),
                        protocol,
                        SEED,
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
            } catch (Exception | AssertionError e) {
                e.addSuppressed(
                        new IllegalStateException("what the processes said:\n" + broker.output() + crew.report()));
                throw e;
            }
        }
    }

    private void inflictAll(Crew crew, Sink sink) throws Exception {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            List<Fault> faults = new ArrayList<>(List.of(Fault.values()));
            Collections.shuffle(faults, random);
            for (Fault fault : faults) {
                awaitOutput(sink, sink.count() + STRETCH + random.nextInt(STRETCH), crew);
                inflict(fault, random.nextInt(WORKERS), crew);
            }
        }
    }

    private Producer<String, String> patientProducer() {
        return clients.producer("max.block.ms", "600000", "delivery.timeout.ms", "600000");
    }

    private void inflict(Fault fault, int worker, Crew crew) throws Exception {
        switch (fault) {
            case BROKER_KILLED -> {
                broker.kill();
                broker.start();
            }
            case WORKER_KILLED -> crew.killAndReplace(worker);
            case WORKER_AND_BROKER_KILLED -> {
                broker.kill();
                crew.killAndReplace(worker);
                broker.start();
            }
            case WORKER_PAUSED -> crew.pauseUntilExpelled(worker);
            case WORKER_REPLACED_WHILE_PAUSED -> crew.replaceWhilePaused(worker);
        }
    }

    private void awaitOutput(Sink sink, int count, Crew crew) throws Exception {
        int seen = sink.count();
        while (seen < count) {
            int before = seen;
            Eventually.until("another record after " + before + " of " + count, Crew.PATIENCE, () -> {
                crew.tend();
                return sink.count() > before;
            });
            seen = sink.count();
        }
    }

    private static List<TopicPartition> partitions(String topic) {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
    }

    private Consumer<String, String> readerFromTheBeginning() {
        Consumer<String, String> reader = clients.consumer("isolation.level", "read_committed");
        reader.assign(partitions("out"));
        reader.seekToBeginning(partitions("out"));
        return reader;
    }

    /** The same by a reader who comes when all is over. */
    private Map<String, List<String>> readAgain() {
        Map<String, List<String>> byKey = new HashMap<>();
        Consumer<String, String> reader = readerFromTheBeginning();
        Map<TopicPartition, Long> ends = reader.endOffsets(partitions("out"));
        while (ends.entrySet().stream().anyMatch(end -> reader.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<String, String> record : reader.poll(Duration.ofMillis(100))) {
                byKey.computeIfAbsent(record.key(), _ -> new ArrayList<>()).add(record.value());
            }
        }
        return byKey;
    }

    private Map<TopicPartition, Long> committed() throws Exception {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        clients.admin()
                .listConsumerGroupOffsets("in")
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
        return offsets;
    }

    private Map<TopicPartition, Long> ends() throws Exception {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions("in").forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        clients.admin()
                .listOffsets(latest)
                .all()
                .get()
                .forEach((partition, end) -> offsets.put(partition, end.offset()));
        return offsets;
    }
}
