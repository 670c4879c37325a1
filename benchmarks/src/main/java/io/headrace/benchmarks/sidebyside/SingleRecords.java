package io.headrace.benchmarks.sidebyside;

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

/** Records of 1 KB sent one by one at a steady pace (linger 0), by one producer or by many in turn. */
record SingleRecords(int producers, Durability durability) implements Scenario {

    private static final int PER_SECOND = 5_000;
    private static final Duration FULL_RUN = Duration.ofSeconds(6);
    private static final int WARM_UP_RUNS = 1;
    private static final int FULL_WARM_UP_RECORDS = 200_000;
    private static final int IN_FLIGHT = 5;
    private static final int PARTITIONS = 6;
    private static final int ACKS_ALL = -1;

    private static final Figure CPU = Figure.cost("CPU s/million records");
    private static final Figure SYSTEM = Figure.cost("of it kernel");
    private static final Figure P50 = Figure.byClock("acknowledged p50 ms");
    private static final Figure P99 = Figure.byClock("acknowledged p99 ms");
    private static final Figure FSYNCS = Figure.cost("fsyncs/s");
    private static final Figure RESIDENT = Figure.cost("resident MB after it");

    @Override
    public String name() {
        return "single-" + producers + (durability == Durability.BOTH ? "-durable" : "");
    }

    @Override
    public String title() {
        return "1 KB records one by one, 5,000/s from " + (producers == 1 ? "1 producer" : producers + " producers");
    }

    @Override
    public List<Figure> figures() {
        return List.of(cpu(), SYSTEM, P50, P99, FSYNCS, RESIDENT);
    }

    private Figure cpu() {
        return durability == Durability.NEITHER ? CPU.atMost(1.0 / 3) : CPU;
    }

    @Override
    public Candidate prepare(Contender contender, Path directory, Effort effort)
            throws IOException, InterruptedException {
        Duration run = effort.of(FULL_RUN);
        ServerProcess process = contender.in(directory, durability);
        LoadedBroker candidate = LoadedBroker.warm(process, 0, (broker, topics) -> produce(broker, topics, run));
        warmUp(process, effort.of(FULL_WARM_UP_RECORDS));
        for (int i = 0; i < effort.of(WARM_UP_RUNS); i++) {
            candidate.measure();
        }
        return candidate;
    }

    /** Faster than the pace, so that both have compiled what they will. */
    private void warmUp(ServerProcess broker, int records) throws IOException {
        Topics topics = new Topics(broker.port());
        topics.create("warm-up", 1);
        ByteBuffer frame = Requests.produce("warm-up", 0, ACKS_ALL, 1);
        try (LoadClient client = new LoadClient(broker.port(), Math.min(producers, 10))) {
            client.exactly(_ -> frame, IN_FLIGHT, records);
        }
        topics.delete("warm-up");
    }

    private Map<Figure, Double> produce(ServerProcess broker, Topics topics, Duration run)
            throws IOException, InterruptedException {
        String topic = name();
        topics.create(topic, PARTITIONS);
        PageCache.fill(broker.dataDirectory(), PER_SECOND * run.toSeconds() * Requests.RECORD_BYTES);
        ByteBuffer[] frames = new ByteBuffer[PARTITIONS];
        for (int i = 0; i < PARTITIONS; i++) {
            frames[i] = Requests.produce(topic, i, ACKS_ALL, 1);
        }
        Map<Figure, Double> values = new LinkedHashMap<>();
        int[] next = {0};
        try (LoadClient client = new LoadClient(broker.port(), producers)) {
            Meter meter = new Meter(broker);
            int records = client.paced(_ -> frames[next[0]++ % PARTITIONS], PER_SECOND, run);
            double seconds = meter.seconds();
            values.put(cpu(), meter.cpuSeconds() * 1e6 / records);
            values.put(SYSTEM, meter.systemSeconds() * 1e6 / records);
            values.put(P50, client.latencyMs(50));
            values.put(P99, client.latencyMs(99));
            values.put(FSYNCS, meter.fsyncs() / seconds);
            values.put(RESIDENT, meter.residentMb());
            topics.requireRecords(topic, PARTITIONS, records);
        }
        topics.delete(topic);
        return values;
    }
}
