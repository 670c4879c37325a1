package io.headrace.benchmarks.sidebyside;

import io.headrace.benchmarks.load.LoadClient;
import io.headrace.benchmarks.load.Requests;
import io.headrace.benchmarks.load.TailReader;
import io.headrace.benchmarks.load.Topics;
import io.headrace.compat.ServerProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Records of 1 KB sent one by one at a steady pace and read by a consumer that waits for them. The time of a record is from
 * when it was due to be sent to when the consumer has it, so a broker that falls behind is not let off.
 */
record EndToEnd(Durability durability) implements Scenario {

    private static final int PER_SECOND = 5_000;
    private static final Duration FULL_RUN = Duration.ofSeconds(6);
    private static final int WARM_UP_RUNS = 2;
    private static final int ACKS_ALL = -1;

    private static final Figure P50 = Figure.byClock("p50 ms");
    private static final Figure P99 = Figure.byClock("p99 ms");
    private static final Figure P999 = Figure.byClock("p99.9 ms");
    private static final Figure CPU = Figure.cost("CPU s/million records");

    @Override
    public String name() {
        return switch (durability) {
            case NEITHER -> "latency";
            case DEFAULTS -> "latency-ours-durable";
            case BOTH -> "latency-durable";
        };
    }

    @Override
    public String title() {
        return "end to end, 1 KB records one by one, 5,000/s";
    }

    @Override
    public List<Figure> figures() {
        return List.of(P50, p99(), P999, CPU);
    }

    private Figure p99() {
        return switch (durability) {
            case NEITHER -> P99.atMost(0.5);
            case DEFAULTS -> P99.atMost(1);
            case BOTH -> P99;
        };
    }

    @Override
    public Candidate prepare(Contender contender, Path directory, Effort effort)
            throws IOException, InterruptedException {
        Duration run = effort.of(FULL_RUN);
        return LoadedBroker.warm(
                contender.in(directory, durability),
                effort.of(WARM_UP_RUNS),
                (broker, topics) -> pass(broker, topics, run));
    }

    private Map<Figure, Double> pass(ServerProcess broker, Topics topics, Duration run)
            throws IOException, InterruptedException {
        String topic = name();
        topics.create(topic, 1);
        ByteBuffer frame = Requests.produce(topic, 0, ACKS_ALL, 1);
        int records = (int) (PER_SECOND * run.toMillis() / 1_000);
        Map<Figure, Double> values = new LinkedHashMap<>();
        try (LoadClient client = new LoadClient(broker.port(), 1);
                TailReader reader = TailReader.of(broker.port(), topic, records)) {
            Meter meter = new Meter(broker);
            client.paced(_ -> frame, PER_SECOND, run);
            Histogram latencies = reader.latenciesNanos(client.startNanos(), 1_000_000_000L / PER_SECOND);
            values.put(P50, latencies.getValueAtPercentile(50) / 1e6);
            values.put(p99(), latencies.getValueAtPercentile(99) / 1e6);
            values.put(P999, latencies.getValueAtPercentile(99.9) / 1e6);
            values.put(CPU, meter.cpuSeconds() * 1e6 / records);
        }
        topics.delete(topic);
        return values;
    }
}
