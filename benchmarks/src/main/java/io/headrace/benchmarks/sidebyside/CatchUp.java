package io.headrace.benchmarks.sidebyside;

import io.headrace.benchmarks.load.CatchUpReader;
import io.headrace.benchmarks.load.ColdFiles;
import io.headrace.benchmarks.load.LoadClient;
import io.headrace.benchmarks.load.Requests;
import io.headrace.benchmarks.load.Topics;
import io.headrace.compat.ProcessFigures;
import io.headrace.compat.ServerProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A consumer that begins at offset 0 of a partition whose files have left the page cache, while a producer goes on writing to
 * its end at a steady pace: batches of 16 KB, 200 a second. What was read counts, and how long the producer waits meanwhile.
 */
record CatchUp() implements Scenario {

    private static final String TOPIC = "catch-up";
    private static final int RECORDS = 16;
    private static final int FULL_BATCHES = 90_000;
    private static final int PER_SECOND = 200;
    private static final int ACKS_ALL = -1;
    private static final int FILL_IN_FLIGHT = 20;
    private static final int WARM_UP_RUNS = 1;

    private static final Figure CPU = Figure.cost("CPU s/GB read");
    private static final Figure SYSTEM = Figure.cost("of it kernel");
    private static final Figure THROUGHPUT = Figure.byClock("MB/s read");
    private static final Figure P50 = Figure.byClock("producer's p50 ms");
    private static final Figure P99 = Figure.byClock("producer's p99 ms");
    private static final Figure FROM_DISK = Figure.cost("MB from the disk per MB read");

    @Override
    public String name() {
        return "catch-up";
    }

    @Override
    public String title() {
        return "1.4 GB read from a cold page cache, beside a producer to the same partition";
    }

    @Override
    public Durability durability() {
        return Durability.NEITHER;
    }

    @Override
    public List<Figure> figures() {
        return List.of(CPU, SYSTEM, THROUGHPUT, P50, P99, FROM_DISK);
    }

    @Override
    public Candidate prepare(Contender contender, Path directory, Effort effort)
            throws IOException, InterruptedException {
        int batches = effort.of(FULL_BATCHES);
        ServerProcess process = contender.in(directory, durability());
        ByteBuffer frame = Requests.produce(TOPIC, 0, ACKS_ALL, RECORDS);
        process.start();
        Topics topics = new Topics(process.port());
        topics.create(TOPIC, 1);
        try (LoadClient client = new LoadClient(process.port(), 1)) {
            client.exactly(_ -> frame, FILL_IN_FLIGHT, batches);
        }
        topics.requireRecords(TOPIC, 1, (long) batches * RECORDS);
        return LoadedBroker.running(
                process, effort.of(WARM_UP_RUNS), (broker, _) -> catchUp(broker, frame, (long) batches * RECORDS));
    }

    private static Map<Figure, Double> catchUp(ServerProcess broker, ByteBuffer frame, long endOffset)
            throws IOException, InterruptedException {
        ColdFiles.dropSegments(broker.dataDirectory().resolve(TOPIC + "-0"));
        double diskBytes = fromDiskBytes(broker);
        Map<Figure, Double> values = new LinkedHashMap<>();
        Meter meter = new Meter(broker);
        try (LoadClient producer = new LoadClient(broker.port(), 1);
                CatchUpReader reader = CatchUpReader.of(broker.port(), TOPIC, endOffset)) {
            producer.pacedWhile(_ -> !reader.isDone(), _ -> frame, PER_SECOND);
            double gb = reader.bytesRead() / 1e9;
            values.put(CPU, meter.cpuSeconds() / gb);
            values.put(SYSTEM, meter.systemSeconds() / gb);
            values.put(THROUGHPUT, gb * 1e3 / meter.seconds());
            values.put(P50, producer.latencyMs(50));
            values.put(P99, producer.latencyMs(99));
            values.put(FROM_DISK, (fromDiskBytes(broker) - diskBytes) / 1e9 / gb);
        }
        return values;
    }

    /** Not a number where Linux does not tell. */
    private static double fromDiskBytes(ServerProcess broker) {
        try {
            return ProcessFigures.readFromDiskBytes(broker.pid());
        } catch (IOException _) {
            return Double.NaN;
        }
    }
}
