package io.headrace.benchmarks.sidebyside;

import io.headrace.benchmarks.load.KeyedRecords;
import io.headrace.benchmarks.load.LoadClient;
import io.headrace.benchmarks.load.Requests;
import io.headrace.benchmarks.load.Topics;
import io.headrace.compat.ServerProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * 1 GB of records of 1 KB with 100,000 keys in random order, written to a compacted topic and cleaned once all is there: by
 * itself, and the same again while a producer sends records one by one to another topic. The cleaners look every 200 ms.
 */
record Compaction(Durability durability) implements Scenario {

    private static final int FULL_BATCHES = 10_000;
    private static final int RECORDS = 100;
    private static final int KEYS = 100_000;
    private static final int IN_FLIGHT = 5;
    private static final int WARM_UP_RUNS = 1;
    private static final int PACED_PER_SECOND = 1_000;
    private static final Duration FULL_PACED_ALONE = Duration.ofSeconds(5);
    private static final int ACKS_ALL = -1;
    private static final String PACED = "paced";
    private static final String DIRTY_RATIO = "min.cleanable.dirty.ratio";
    private static final int FULL_SEGMENT_BYTES = 100 << 20;

    private static final Figure CPU = Figure.cost("CPU s/GB");
    private static final Figure SYSTEM = Figure.cost("of it kernel");
    private static final Figure WALL = Figure.byClock("seconds until cleaned");
    private static final Figure LEFT = Figure.cost("MB left");
    private static final Figure RESIDENT = Figure.cost("resident MB after it");
    private static final Figure P99_ALONE = Figure.byClock("p99 ms of a producer");
    private static final Figure P99_BESIDE = Figure.byClock("p99 ms while cleaning");

    @Override
    public String name() {
        return durability == Durability.NEITHER ? "compaction" : "compaction-ours-durable";
    }

    @Override
    public String title() {
        return "compact 1 GB of 1 KB records of 100,000 keys";
    }

    @Override
    public List<Figure> figures() {
        return List.of(CPU, SYSTEM, WALL, LEFT, RESIDENT, P99_ALONE, P99_BESIDE);
    }

    @Override
    public Candidate prepare(Contender contender, Path directory, Effort effort)
            throws IOException, InterruptedException {
        ServerProcess process = contender.in(directory, durability, Map.of("log.cleaner.backoff.ms", "200"));
        AtomicInteger runs = new AtomicInteger();
        return LoadedBroker.warm(process, WARM_UP_RUNS, (broker, topics) -> {
            Pass pass = new Pass(broker, topics, effort, runs.incrementAndGet());
            Map<Figure, Double> values = new LinkedHashMap<>();
            pass.cleanAlone(values);
            pass.cleanBesideProducer(values);
            return values;
        });
    }

    /** One run; its topics have names of their own, since the checkpoint of the cleaner goes by names. */
    private record Pass(ServerProcess broker, Topics topics, Effort effort, int run) {

        void cleanAlone(Map<Figure, Double> values) throws IOException, InterruptedException {
            String table = "alone-" + run;
            fill(table);
            CleanedTopic cleaned = new CleanedTopic(broker.dataDirectory(), table);
            double gigabytes = cleaned.bytes() / 1e9;
            Meter meter = new Meter(broker);
            topics.configure(table, DIRTY_RATIO, "0.01");
            cleaned.await();
            values.put(WALL, meter.seconds());
            values.put(CPU, meter.cpuSeconds() / gigabytes);
            values.put(SYSTEM, meter.systemSeconds() / gigabytes);
            values.put(LEFT, cleaned.bytes() / 1e6);
            values.put(RESIDENT, meter.residentMb());
            topics.delete(table);
        }

        void cleanBesideProducer(Map<Figure, Double> values) throws IOException, InterruptedException {
            String table = "beside-" + run;
            fill(table);
            CleanedTopic cleaned = new CleanedTopic(broker.dataDirectory(), table);
            topics.create(PACED, 1);
            ByteBuffer frame = Requests.produce(PACED, 0, ACKS_ALL, 1);
            try (LoadClient client = new LoadClient(broker.port(), 1)) {
                client.paced(_ -> frame, PACED_PER_SECOND, effort.of(FULL_PACED_ALONE));
                values.put(P99_ALONE, client.latencyMs(99));
                topics.configure(table, DIRTY_RATIO, "0.01");
                BooleanSupplier untilCleaned = cleaned.untilCleaned();
                client.pacedWhile(_ -> untilCleaned.getAsBoolean(), _ -> frame, PACED_PER_SECOND);
                values.put(P99_BESIDE, client.latencyMs(99));
            }
            topics.delete(PACED);
            topics.delete(table);
        }

        /** What is cleaned is in the page cache and on the disk, so that the kernel does not write it meanwhile. */
        private void fill(String table) throws IOException, InterruptedException {
            String segmentBytes = Integer.toString(effort.of(FULL_SEGMENT_BYTES));
            topics.create(
                    table, 1, Map.of("cleanup.policy", "compact", "segment.bytes", segmentBytes, DIRTY_RATIO, "1"));
            int batches = effort.of(FULL_BATCHES);
            PageCache.fill(broker.dataDirectory(), 2L * batches * RECORDS * Requests.RECORD_BYTES);
            KeyedRecords records = new KeyedRecords(KEYS, RECORDS);
            try (LoadClient client = new LoadClient(broker.port(), 1)) {
                client.exactly(_ -> Requests.produce(table, 0, ACKS_ALL, records.batch()), IN_FLIGHT, batches);
            }
            topics.requireRecords(table, 1, (long) batches * RECORDS);
            Writeback.settle(broker.dataDirectory());
        }
    }
}
