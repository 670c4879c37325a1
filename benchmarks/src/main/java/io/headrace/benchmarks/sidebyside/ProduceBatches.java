package io.headrace.benchmarks.sidebyside;

import io.headrace.benchmarks.load.BatchShape;
import io.headrace.benchmarks.load.LoadClient;
import io.headrace.benchmarks.load.Requests;
import io.headrace.benchmarks.load.Topics;
import io.headrace.compat.ServerProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.compress.Compression;

/**
 * Records as fast as they go, from as many connections as a few producers have, each with as many requests in
 * flight as a producer's default. Where there are several partitions, a request has a batch for each if they fit into 1 MB,
 * the most that a producer puts into a request by default; otherwise they get a request each in turn.
 */
record ProduceBatches(Batch batch, int partitions, Durability durability, int fullMb) implements Scenario {

    private static final int CONNECTIONS = 4;
    private static final int IN_FLIGHT = 5;
    private static final int ACKS_ALL = -1;
    private static final int WARM_UP_RUNS = 4;
    private static final int REQUEST_BYTES = 1 << 20;

    /** What producers send: batches of their default size, and of the most that a broker takes by default. */
    enum Batch {
        KB_16("1 KB records in 16 KB batches", "16k", 16, 1_000),
        MB_1("1 KB records in 1 MB batches", "1m", 1_000, 1_000),
        SMALL_RECORDS("100 B records in 16 KB batches", "100b", 160, 100),
        LARGE_RECORDS("100 KB records, each a batch", "100k", 1, 100_000),
        LZ4("1 KB records in batches of 64, compressed with LZ4", "lz4", 64, 1_000);

        private final String text;
        private final String shortText;
        private final int records;
        private final int recordBytes;

        Batch(String text, String shortText, int records, int recordBytes) {
            this.text = text;
            this.shortText = shortText;
            this.records = records;
            this.recordBytes = recordBytes;
        }

        private BatchShape shape() {
            Compression compression = this == LZ4 ? Compression.lz4().build() : Compression.NONE;
            return new BatchShape(records, recordBytes, compression);
        }

        boolean isDefault() {
            return this == KB_16;
        }

        boolean hasGoal() {
            return this == KB_16 || this == MB_1;
        }
    }

    private static final Figure CPU = Figure.cost("CPU s/GB");
    private static final Figure SYSTEM = Figure.cost("of it kernel");
    private static final Figure RESIDENT = Figure.cost("resident MB after it");
    private static final Figure FSYNCS = Figure.cost("fsyncs");
    private static final Figure FLUSH_CPU = Figure.cost("kernel's threads until all is on the disk, CPU s/GB");
    private static final Figure FLUSH_WALL = Figure.byClock("flush after it, s/GB");
    private static final Figure THROUGHPUT = Figure.byClock("MB/s");

    @Override
    public String name() {
        return "produce-" + batch.shortText + "-" + partitions + (durability == Durability.BOTH ? "-durable" : "");
    }

    @Override
    public String title() {
        return "produce " + batch.text + ", to " + (partitions == 1 ? "1 partition" : partitions + " partitions");
    }

    @Override
    public List<Figure> figures() {
        return List.of(cpu(), SYSTEM, throughput(), FSYNCS, RESIDENT, FLUSH_CPU, FLUSH_WALL);
    }

    private Figure cpu() {
        return durability == Durability.NEITHER && batch.hasGoal() ? CPU.atMost(0.5) : CPU;
    }

    private Figure throughput() {
        return durability == Durability.BOTH && batch.isDefault() ? THROUGHPUT.atLeast(5) : THROUGHPUT;
    }

    @Override
    public Candidate prepare(Contender contender, Path directory, Effort effort)
            throws IOException, InterruptedException {
        int requests = effort.of(fullMb * 1_000_000 / (batch.shape().valueBytes() * batchesPerRequest()));
        return LoadedBroker.warm(
                contender.in(directory, durability),
                effort.of(WARM_UP_RUNS),
                (broker, topics) -> produce(broker, topics, requests));
    }

    private Map<Figure, Double> produce(ServerProcess broker, Topics topics, int requests)
            throws IOException, InterruptedException {
        String topic = name();
        topics.create(topic, partitions);
        long records = (long) requests * batchesPerRequest() * batch.records;
        List<ByteBuffer> frames = frames(topic);
        Writeback.settle(broker.dataDirectory());
        PageCache.fill(broker.dataDirectory(), records * batch.recordBytes);
        int[] next = {0};
        Map<Figure, Double> values = new LinkedHashMap<>();
        try (LoadClient client = new LoadClient(broker.port(), CONNECTIONS)) {
            Writeback writeback = Writeback.of(broker.dataDirectory());
            Meter meter = new Meter(broker);
            client.exactly(_ -> frames.get(next[0]++ % frames.size()), IN_FLIGHT, requests);
            double gb = records * (batch.recordBytes / 1e9);
            values.put(throughput(), gb * 1e3 / meter.seconds());
            values.put(cpu(), meter.cpuSeconds() / gb);
            values.put(SYSTEM, meter.systemSeconds() / gb);
            values.put(FSYNCS, meter.fsyncs());
            values.put(RESIDENT, meter.residentMb());
            Writeback.Cost flush = writeback.finish();
            values.put(FLUSH_CPU, flush.cpuSeconds() / gb);
            values.put(FLUSH_WALL, flush.seconds() / gb);
            topics.requireRecords(topic, partitions, records);
        }
        topics.delete(topic);
        return values;
    }

    private int batchesPerRequest() {
        return Math.clamp(REQUEST_BYTES / batch.shape().valueBytes(), 1, partitions);
    }

    private List<ByteBuffer> frames(String topic) {
        List<Integer> all = IntStream.range(0, partitions).boxed().toList();
        List<ByteBuffer> frames = new ArrayList<>();
        for (int i = 0; i < partitions; i += batchesPerRequest()) {
            frames.add(Requests.produce(topic, all.subList(i, i + batchesPerRequest()), ACKS_ALL, batch.shape()));
        }
        return frames;
    }
}
