package io.headrace.benchmarks.sidebyside;

import io.headrace.benchmarks.Directories;
import io.headrace.benchmarks.load.BatchShape;
import io.headrace.benchmarks.load.LoadClient;
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
 * What a broker that has just been started keeps of the machine's memory after work of every kind: batches of 16 KB and of 1 MB
 * to 6 partitions, 2 GB of reading by 10 readers, and single records of 500 producers.
 */
record AfterLoad() implements Scenario {

    private static final String TOPIC = "worked";
    private static final int PARTITIONS = 6;
    private static final int ACKS_ALL = -1;
    private static final int FULL_SMALL_REQUESTS = 5_000;
    private static final int FULL_LARGE_REQUESTS = 500;
    private static final int FULL_FETCHES = 2_000;
    private static final int SMALL_RECORDS = 16;
    private static final int LARGE_RECORDS = 1_000;
    private static final int READERS = 10;
    private static final int FETCH_BYTES = 1 << 20;
    private static final int RECORDS_A_FETCH = 1_000;
    private static final int PRODUCERS = 500;
    private static final int PER_SECOND = 5_000;
    private static final Duration FULL_SINGLES = Duration.ofSeconds(5);
    private static final Duration FULL_SETTLE = Duration.ofSeconds(3);

    private static final Figure RESIDENT = Figure.cost("resident MB").atMost(0.25);
    private static final Figure PEAK = Figure.cost("at most, MB");
    private static final Figure THREADS = Figure.cost("threads");

    @Override
    public String name() {
        return "after-load";
    }

    @Override
    public String title() {
        return "after 1 GB in 16 KB and 1 MB batches, its reading, and 500 producers";
    }

    @Override
    public Durability durability() {
        return Durability.NEITHER;
    }

    @Override
    public List<Figure> figures() {
        return List.of(RESIDENT, PEAK, THREADS);
    }

    @Override
    public List<Contender> contenders() {
        return List.of(Contender.HEADRACE, Contender.KAFKA, Contender.KAFKA_SMALL);
    }

    @Override
    public Candidate prepare(Contender contender, Path directory, Effort effort) {
        return new Lives(contender, directory, effort);
    }

    private record Lives(Contender contender, Path directory, Effort effort) implements Candidate {

        @Override
        public Map<Figure, Double> measure() throws IOException, InterruptedException {
            Map<Figure, Double> values = new LinkedHashMap<>();
            Path own = Files.createTempDirectory(directory, "life");
            try (ServerProcess broker = contender.in(own, Durability.NEITHER)) {
                broker.start();
                new Topics(broker.port()).create(TOPIC, PARTITIONS);
                produce(broker);
                consume(broker);
                produceSingly(broker);
                Thread.sleep(effort.of(FULL_SETTLE));
                values.put(RESIDENT, ProcessFigures.residentBytes(broker.pid()) / 1e6);
                values.put(PEAK, ProcessFigures.peakResidentBytes(broker.pid()) / 1e6);
                values.put(THREADS, (double) ProcessFigures.threads(broker.pid()));
            }
            Directories.delete(own);
            return values;
        }

        private void produce(ServerProcess broker) throws IOException {
            List<Integer> all = IntStream.range(0, PARTITIONS).boxed().toList();
            ByteBuffer small = Requests.produce(TOPIC, all, ACKS_ALL, BatchShape.ofKilobytes(SMALL_RECORDS));
            ByteBuffer[] large = eachPartition(LARGE_RECORDS);
            int[] next = {0};
            try (LoadClient client = new LoadClient(broker.port(), 4)) {
                client.exactly(_ -> small, 5, effort.of(FULL_SMALL_REQUESTS));
                client.exactly(_ -> large[next[0]++ % PARTITIONS], 5, effort.of(FULL_LARGE_REQUESTS));
            }
        }

        /** Each reader goes through the smaller batches of one partition, again and again. */
        private void consume(ServerProcess broker) throws IOException {
            long records = (long) effort.of(FULL_SMALL_REQUESTS) * SMALL_RECORDS;
            long[] next = new long[READERS];
            try (LoadClient client = new LoadClient(broker.port(), READERS)) {
                client.exactly(
                        reader -> Requests.fetch(
                                TOPIC, reader % PARTITIONS, next[reader]++ * RECORDS_A_FETCH % records, FETCH_BYTES),
                        1,
                        effort.of(FULL_FETCHES));
            }
        }

        private void produceSingly(ServerProcess broker) throws IOException {
            ByteBuffer[] single = eachPartition(1);
            int[] next = {0};
            try (LoadClient client = new LoadClient(broker.port(), PRODUCERS)) {
                client.paced(_ -> single[next[0]++ % PARTITIONS], PER_SECOND, effort.of(FULL_SINGLES));
            }
        }

        private static ByteBuffer[] eachPartition(int records) {
            ByteBuffer[] frames = new ByteBuffer[PARTITIONS];
            for (int i = 0; i < PARTITIONS; i++) {
                frames[i] = Requests.produce(TOPIC, i, ACKS_ALL, records);
            }
            return frames;
        }

        @Override
        public void close() {}
    }
}
