package io.headrace.benchmarks.sidebyside;

import io.headrace.benchmarks.load.LoadClient;
import io.headrace.benchmarks.load.Requests;
import io.headrace.benchmarks.load.Topics;
import io.headrace.compat.ServerProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Records of 1 KB in batches of 16 KB, read from the page cache 1 MB at a time by so many readers of everything. */
record Consume(int readers) implements Scenario {

    private static final String TOPIC = "consumed";
    private static final int RECORDS = 16;
    private static final int BATCHES_A_FETCH = 64;
    private static final int FULL_FETCHES = 256;
    private static final int FULL_PASSES = 8;
    private static final int ACKS_ALL = -1;
    private static final int FILL_IN_FLIGHT = 5;
    private static final int WARM_UP_RUNS = 2;

    private static final Figure CPU = Figure.cost("CPU s/GB").atMost(0.8);
    private static final Figure SYSTEM = Figure.cost("of it kernel");
    private static final Figure THROUGHPUT = Figure.byClock("MB/s");

    @Override
    public String name() {
        return "consume-" + readers;
    }

    @Override
    public String title() {
        return "consume 1 KB records, " + (readers == 1 ? "1 reader" : readers + " readers of the same records");
    }

    @Override
    public Durability durability() {
        return Durability.NEITHER;
    }

    @Override
    public List<Figure> figures() {
        return List.of(CPU, SYSTEM, THROUGHPUT);
    }

    @Override
    public Candidate prepare(Contender contender, Path directory, Effort effort)
            throws IOException, InterruptedException {
        int fetches = effort.of(FULL_FETCHES);
        int total = effort.of(FULL_FETCHES * FULL_PASSES);
        ServerProcess process = contender.in(directory, durability());
        LoadedBroker candidate = LoadedBroker.warm(process, 0, (broker, topics) -> consume(broker, fetches, total));
        fill(process, fetches);
        for (int i = 0; i < effort.of(WARM_UP_RUNS); i++) {
            candidate.measure();
        }
        return candidate;
    }

    private static void fill(ServerProcess process, int fetches) throws IOException {
        Topics topics = new Topics(process.port());
        topics.create(TOPIC, 1);
        try (LoadClient client = new LoadClient(process.port(), 1)) {
            ByteBuffer frame = Requests.produce(TOPIC, 0, ACKS_ALL, RECORDS);
            int batches = fetches * BATCHES_A_FETCH;
            client.exactly(_ -> frame, FILL_IN_FLIGHT, batches);
            topics.requireRecords(TOPIC, 1, (long) batches * RECORDS);
        }
    }

    /** Each fetch asks for just so many whole batches, so where the next one begins need not be read from the answer. */
    private Map<Figure, Double> consume(ServerProcess broker, int fetches, int total)
            throws IOException, InterruptedException {
        int maxBytes = Requests.batchBytes(RECORDS) * BATCHES_A_FETCH;
        long[] next = new long[readers];
        try (LoadClient client = new LoadClient(broker.port(), readers)) {
            Meter meter = new Meter(broker);
            client.exactly(
                    reader -> Requests.fetch(TOPIC, 0, next[reader]++ % fetches * BATCHES_A_FETCH * RECORDS, maxBytes),
                    1,
                    total);
            double gb = client.bytesAnswered() / 1e9;
            if (client.bytesAnswered() < (long) total * maxBytes) {
                throw new IOException(client.bytesAnswered() + " bytes in " + total + " fetches of " + maxBytes);
            }
            return Map.of(
                    CPU, meter.cpuSeconds() / gb,
                    SYSTEM, meter.systemSeconds() / gb,
                    THROUGHPUT, gb * 1e3 / meter.seconds());
        }
    }
}
