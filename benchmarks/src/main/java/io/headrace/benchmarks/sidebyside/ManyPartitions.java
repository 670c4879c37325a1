package io.headrace.benchmarks.sidebyside;

import io.headrace.benchmarks.Directories;
import io.headrace.benchmarks.load.BatchShape;
import io.headrace.benchmarks.load.LoadClient;
import io.headrace.benchmarks.load.RecordProbe;
import io.headrace.benchmarks.load.Requests;
import io.headrace.benchmarks.load.Topics;
import io.headrace.compat.ProcessFigures;
import io.headrace.compat.ServerProcess;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The whole life of a broker with many partitions: topics of 1,000 each are created, which is as many as Apache Kafka creates
 * at once with room to spare, and every partition gets a record; then rest, a clean stop, and a start to a record on the last.
 */
record ManyPartitions(int fullPartitions) implements Scenario {

    private static final int MOST_IN_A_TOPIC = 1_000;
    private static final int ACKS_ALL = -1;
    private static final Duration FULL_SETTLE = Duration.ofSeconds(3);
    private static final Duration FULL_REST = Duration.ofSeconds(10);

    private static final Figure CREATION_CPU = Figure.cost("CPU s to create them");
    private static final Figure CREATION_WALL = Figure.byClock("seconds to create them");
    private static final Figure RESIDENT = Figure.cost("resident MB at rest");
    private static final Figure REST = Figure.cost("% of a core at rest");
    private static final Figure RESTART_CPU = Figure.cost("CPU s to a record after a restart");
    private static final Figure RESTART_WALL = Figure.byClock("seconds to a record after a restart");

    @Override
    public String name() {
        return "partitions-" + fullPartitions;
    }

    @Override
    public String title() {
        return String.format("%,d partitions: created, at rest, started again", fullPartitions);
    }

    @Override
    public Durability durability() {
        return Durability.DEFAULTS;
    }

    @Override
    public List<Figure> figures() {
        return List.of(CREATION_CPU, CREATION_WALL, RESIDENT, REST, RESTART_CPU, RESTART_WALL);
    }

    @Override
    public Candidate prepare(Contender contender, Path directory, Effort effort) {
        int partitions = effort.of(fullPartitions);
        int inATopic = Math.min(partitions, MOST_IN_A_TOPIC);
        return new Lives(
                contender, directory, partitions / inATopic, inATopic, effort.of(FULL_SETTLE), effort.of(FULL_REST));
    }

    private record Lives(
            Contender contender, Path directory, int topics, int partitionsInEach, Duration settle, Duration rest)
            implements Candidate {

        @Override
        public Map<Figure, Double> measure() throws IOException, InterruptedException {
            Map<Figure, Double> values = new LinkedHashMap<>();
            Path own = Files.createTempDirectory(directory, "life");
            try (ServerProcess broker = contender.in(own, Durability.DEFAULTS)) {
                broker.launch();
                RecordProbe.await(broker.port(), "first", 0);
                create(broker, values);
                atRest(broker, values);
                broker.stop();
                restart(broker, values);
            }
            Directories.delete(own);
            return values;
        }

        private void create(ServerProcess broker, Map<Figure, Double> values) throws IOException {
            long begin = System.nanoTime();
            long cpuMs = ProcessFigures.cpuMs(broker.pid());
            Topics client = new Topics(broker.port());
            for (int i = 0; i < topics; i++) {
                client.create(topic(i), partitionsInEach);
            }
            values.put(CREATION_WALL, (System.nanoTime() - begin) / 1e9);
            values.put(CREATION_CPU, (ProcessFigures.cpuMs(broker.pid()) - cpuMs) / 1e3);
        }

        private void atRest(ServerProcess broker, Map<Figure, Double> values) throws IOException, InterruptedException {
            aRecordInEach(broker);
            Thread.sleep(settle);
            values.put(RESIDENT, ProcessFigures.residentBytes(broker.pid()) / 1e6);
            long cpuMs = ProcessFigures.cpuMs(broker.pid());
            Thread.sleep(rest);
            values.put(REST, 100.0 * (ProcessFigures.cpuMs(broker.pid()) - cpuMs) / rest.toMillis());
        }

        private void aRecordInEach(ServerProcess broker) throws IOException {
            List<Integer> partitions =
                    IntStream.range(0, partitionsInEach).boxed().toList();
            int[] next = {0};
            try (LoadClient client = new LoadClient(broker.port(), 1)) {
                client.exactly(_ -> aRecordInEach(topic(next[0]++), partitions), 1, topics);
            }
            for (int i = 0; i < topics; i++) {
                new Topics(broker.port()).requireRecords(topic(i), partitionsInEach, partitionsInEach);
            }
        }

        private static ByteBuffer aRecordInEach(String topic, List<Integer> partitions) {
            return Requests.produce(topic, partitions, ACKS_ALL, BatchShape.ofKilobytes(1));
        }

        private void restart(ServerProcess broker, Map<Figure, Double> values) throws IOException {
            long begin = System.nanoTime();
            broker.launch();
            RecordProbe.await(broker.port(), topic(topics - 1), partitionsInEach - 1);
            values.put(RESTART_WALL, (System.nanoTime() - begin) / 1e9);
            values.put(RESTART_CPU, ProcessFigures.cpuMs(broker.pid()) / 1e3);
        }

        private static String topic(int index) {
            return "many-" + index;
        }

        @Override
        public void close() {}
    }
}
