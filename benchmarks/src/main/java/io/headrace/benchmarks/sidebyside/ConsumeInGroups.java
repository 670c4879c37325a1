package io.headrace.benchmarks.sidebyside;

import io.headrace.benchmarks.load.GroupReaders;
import io.headrace.benchmarks.load.LoadClient;
import io.headrace.benchmarks.load.Requests;
import io.headrace.benchmarks.load.Topics;
import io.headrace.compat.ServerProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** Records of 1 KB in batches of 16 KB, read from the page cache by so many consumer groups, each of which reads and commits everything. */
record ConsumeInGroups(int groups) implements Scenario {

    private static final String TOPIC = "fanned-out";
    private static final int RECORDS = 16;
    private static final int FULL_BATCHES = 6_000;
    private static final int ACKS_ALL = -1;
    private static final int FILL_IN_FLIGHT = 5;
    private static final int WARM_UP_RUNS = 2;

    private static final Figure CPU = Figure.cost("CPU s/GB").atMost(0.8);
    private static final Figure SYSTEM = Figure.cost("of it kernel");
    private static final Figure THROUGHPUT = Figure.byClock("MB/s");

    @Override
    public String name() {
        return "consume-" + groups + "-groups";
    }

    @Override
    public String title() {
        return "consume 1 KB records, " + groups + " groups of the Java client that commit";
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
        int batches = effort.of(FULL_BATCHES);
        ServerProcess process = contender.in(directory, durability());
        process.start();
        Topics topics = new Topics(process.port());
        topics.create(TOPIC, 1);
        ByteBuffer frame = Requests.produce(TOPIC, 0, ACKS_ALL, RECORDS);
        try (LoadClient client = new LoadClient(process.port(), 1)) {
            client.exactly(_ -> frame, FILL_IN_FLIGHT, batches);
        }
        topics.requireRecords(TOPIC, 1, (long) batches * RECORDS);
        return LoadedBroker.running(
                process, effort.of(WARM_UP_RUNS), (broker, _) -> consume(broker, (long) batches * RECORDS));
    }

    private Map<Figure, Double> consume(ServerProcess broker, long records) throws IOException, InterruptedException {
        String run = UUID.randomUUID().toString();
        List<String> names = IntStream.range(0, groups)
                .mapToObj(i -> "group-" + run + "-" + i)
                .toList();
        try (GroupReaders readers = new GroupReaders(broker.port(), TOPIC, names, records)) {
            Meter meter = new Meter(broker);
            readers.read();
            double gb = groups * records * (Requests.RECORD_BYTES / 1e9);
            return Map.of(
                    CPU, meter.cpuSeconds() / gb,
                    SYSTEM, meter.systemSeconds() / gb,
                    THROUGHPUT, gb * 1e3 / meter.seconds());
        }
    }
}
