package io.headrace.benchmarks.network;

import io.headrace.benchmarks.Spread;
import io.headrace.benchmarks.Table;
import io.headrace.benchmarks.load.ColdFiles;
import io.headrace.benchmarks.load.LoadClient;
import io.headrace.benchmarks.load.Requests;
import io.headrace.benchmarks.network.SteadyProducer.Latency;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Readers of what is no longer in the page cache, and somebody else who must not wait for the disk because of them. */
final class ColdFetches implements Scenario {

    private static final String TOPIC = "cold";
    private static final int READERS = 2;
    private static final int PER_SECOND = 200;
    private static final int BATCHES = 600;
    private static final int RECORDS = 1_000;
    private static final int FETCH_BYTES = RECORDS * Requests.RECORD_BYTES * 11 / 10;

    private enum Readers {
        NONE,
        WARM,
        COLD
    }

    /** How long others waited for their produces, and the readers for their fetches. */
    private record Sample(Latency others, double fetchP50Ms, double fetchP99Ms, double fromDiskMb) {}

    @Override
    public void run(Target broker) throws IOException, InterruptedException {
        broker.createTopic(TOPIC, READERS);
        for (int i = 0; i < READERS; i++) {
            broker.fill(TOPIC, i, BATCHES, RECORDS);
        }
        Map<Readers, List<Sample>> samples = new EnumMap<>(Readers.class);
        try (SteadyProducer others = new SteadyProducer(broker, "beside-cold")) {
            others.produce(broker.round());
            for (int round = 0; round < broker.rounds(); round++) {
                for (Readers readers : Readers.values()) {
                    samples.computeIfAbsent(readers, _ -> new ArrayList<>()).add(measure(broker, others, readers));
                }
            }
        }
        System.out.printf("%n%d fetches of 1 MB a second, by %d readers%n%n", PER_SECOND, READERS);
        Table table = new Table(
                "readers", "others' p50 ms", "p99 ms", "max ms", "fetch p50 ms", "fetch p99 ms", "MB from disk");
        samples.forEach((readers, rounds) -> table.row(
                readers,
                Spread.of(rounds, sample -> sample.others().p50Ms()),
                Spread.of(rounds, sample -> sample.others().p99Ms()),
                Spread.of(rounds, sample -> sample.others().maxMs()),
                Spread.of(rounds, Sample::fetchP50Ms),
                Spread.of(rounds, Sample::fetchP99Ms),
                Spread.of(rounds, Sample::fromDiskMb)));
        System.out.println(table);
    }

    private static Sample measure(Target broker, SteadyProducer others, Readers readers)
            throws IOException, InterruptedException {
        if (readers == Readers.NONE) {
            return new Sample(others.produce(broker.round()), 0, 0, 0);
        }
        for (int i = 0; i < READERS; i++) {
            ColdFiles.dropSegments(broker.partitionDirectory(TOPIC, i));
        }
        try (LoadClient client = new LoadClient(broker.port(), READERS)) {
            if (readers == Readers.WARM) {
                readInOrder(client, broker);
            }
            double before = broker.readFromDiskMb();
            CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> readInOrder(client, broker));
            Latency latency = others.produce(broker.round());
            reading.join();
            return new Sample(latency, client.latencyMs(50), client.latencyMs(99), broker.readFromDiskMb() - before);
        }
    }

    private static void readInOrder(LoadClient client, Target broker) {
        int[] batches = new int[READERS];
        LoadClient.Frames frames = connection -> fetch(connection, batches[connection]++);
        try {
            client.paced(frames, PER_SECOND, broker.round());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ByteBuffer fetch(int partition, int batch) {
        return Requests.fetch(TOPIC, partition, (long) batch % BATCHES * RECORDS, FETCH_BYTES);
    }
}
