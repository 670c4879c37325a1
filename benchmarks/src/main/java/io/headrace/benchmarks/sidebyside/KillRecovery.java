package io.headrace.benchmarks.sidebyside;

import io.headrace.benchmarks.load.LoadClient;
import io.headrace.benchmarks.load.RecordProbe;
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
 * 2 GB are written in batches of 1 MB to four partitions, kill -9, and the start after it to a record produced and consumed.
 * Each as it comes, so Headrace has all of it on the disk, and Kafka has what the kernel wrote.
 */
record KillRecovery() implements Scenario {

    private static final String TOPIC = "killed";
    private static final int PARTITIONS = 4;
    private static final int RECORDS = 1_000;
    private static final int FULL_BATCHES = 2_000;
    private static final int ACKS_ALL = -1;
    private static final int IN_FLIGHT = 5;

    private static final Figure WALL = Figure.byClock("seconds to a record").atMost(0.1);
    private static final Figure CPU = Figure.cost("CPU s to a record").atMost(0.1);

    @Override
    public String name() {
        return "recovery";
    }

    @Override
    public String title() {
        return "start after kill -9 with 2 GB of log";
    }

    @Override
    public Durability durability() {
        return Durability.DEFAULTS;
    }

    @Override
    public List<Figure> figures() {
        return List.of(WALL, CPU);
    }

    @Override
    public Candidate prepare(Contender contender, Path directory, Effort effort) {
        return new Kills(contender.in(directory, durability()), effort.of(FULL_BATCHES));
    }

    private record Kills(ServerProcess broker, int batches) implements Candidate {

        @Override
        public Map<Figure, Double> measure() throws IOException {
            broker.start();
            Topics topics = new Topics(broker.port());
            topics.create(TOPIC, PARTITIONS);
            PageCache.fill(broker.dataDirectory(), (long) batches * RECORDS * Requests.RECORD_BYTES);
            fill(topics);
            broker.kill();
            Map<Figure, Double> values = new LinkedHashMap<>();
            long begin = System.nanoTime();
            broker.launch();
            RecordProbe.await(broker.port(), TOPIC, 0);
            values.put(WALL, (System.nanoTime() - begin) / 1e9);
            values.put(CPU, ProcessFigures.cpuMs(broker.pid()) / 1e3);
            topics.delete(TOPIC);
            broker.stop();
            return values;
        }

        private void fill(Topics topics) throws IOException {
            ByteBuffer[] frames = new ByteBuffer[PARTITIONS];
            for (int i = 0; i < PARTITIONS; i++) {
                frames[i] = Requests.produce(TOPIC, i, ACKS_ALL, RECORDS);
            }
            try (LoadClient client = new LoadClient(broker.port(), PARTITIONS)) {
                client.exactly(connection -> frames[connection], IN_FLIGHT, batches);
            }
            topics.requireRecords(TOPIC, PARTITIONS, (long) batches * RECORDS);
        }

        @Override
        public void close() {
            broker.close();
        }
    }
}
