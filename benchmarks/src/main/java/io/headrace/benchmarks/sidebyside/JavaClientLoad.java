package io.headrace.benchmarks.sidebyside;

import io.headrace.benchmarks.load.JavaClients;
import io.headrace.benchmarks.load.Requests;
import io.headrace.benchmarks.load.Topics;
import io.headrace.compat.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A second opinion: records of 1 KB to or from 6 partitions by the Java client with its default settings, as fast as one client
 * goes. Its CPU is not the broker's, but on a machine of two cores it bounds the throughput.
 */
record JavaClientLoad(Direction direction) implements Scenario {

    /** What the client does. */
    enum Direction {
        PRODUCE(0.5),
        CONSUME(0.8);

        private final double goal;

        Direction(double goal) {
            this.goal = goal;
        }
    }

    private static final int PARTITIONS = 6;
    private static final int FULL_RECORDS = 400_000;
    private static final int WARM_UP_RUNS = 3;

    private static final Figure SYSTEM = Figure.cost("of it kernel");
    private static final Figure THROUGHPUT = Figure.byClock("MB/s");

    @Override
    public String name() {
        return direction == Direction.PRODUCE ? "java-produce" : "java-consume";
    }

    @Override
    public String title() {
        return (direction == Direction.PRODUCE ? "produce" : "consume")
                + " 1 KB records with the Java client, 6 partitions";
    }

    @Override
    public Durability durability() {
        return Durability.NEITHER;
    }

    @Override
    public List<Figure> figures() {
        return List.of(cpu(), SYSTEM, THROUGHPUT);
    }

    private Figure cpu() {
        return Figure.cost("CPU s/GB").atMost(direction.goal);
    }

    @Override
    public Candidate prepare(Contender contender, Path directory, Effort effort)
            throws IOException, InterruptedException {
        int records = effort.of(FULL_RECORDS);
        ServerProcess process = contender.in(directory, durability());
        return switch (direction) {
            case PRODUCE ->
                LoadedBroker.warm(
                        process, effort.of(WARM_UP_RUNS), (broker, topics) -> produce(broker, topics, records));
            case CONSUME -> {
                process.start();
                fill(new Topics(process.port()), records);
                yield LoadedBroker.running(process, effort.of(WARM_UP_RUNS), (broker, _) -> consume(broker, records));
            }
        };
    }

    private Map<Figure, Double> produce(ServerProcess broker, Topics topics, int records)
            throws IOException, InterruptedException {
        topics.create(name(), PARTITIONS);
        PageCache.fill(broker.dataDirectory(), (long) records * Requests.RECORD_BYTES);
        Meter meter = new Meter(broker);
        new JavaClients(broker.port()).produce(name(), PARTITIONS, records);
        Map<Figure, Double> values = figures(meter, records);
        topics.requireRecords(name(), PARTITIONS, records);
        topics.delete(name());
        return values;
    }

    private void fill(Topics topics, int records) throws IOException {
        topics.create(name(), PARTITIONS);
        new JavaClients(topics.port()).produce(name(), PARTITIONS, records);
        topics.requireRecords(name(), PARTITIONS, records);
    }

    private Map<Figure, Double> consume(ServerProcess broker, int records) throws IOException, InterruptedException {
        Meter meter = new Meter(broker);
        new JavaClients(broker.port()).consume(name(), PARTITIONS, records);
        return figures(meter, records);
    }

    private Map<Figure, Double> figures(Meter meter, int records) throws IOException {
        double gb = records * (Requests.RECORD_BYTES / 1e9);
        return Map.of(
                cpu(),
                meter.cpuSeconds() / gb,
                SYSTEM,
                meter.systemSeconds() / gb,
                THROUGHPUT,
                gb * 1e3 / meter.seconds());
    }
}
