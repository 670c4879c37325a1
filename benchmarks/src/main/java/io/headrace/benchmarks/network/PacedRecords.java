package io.headrace.benchmarks.network;

import io.headrace.benchmarks.BrokerCpu;
import io.headrace.benchmarks.Spread;
import io.headrace.benchmarks.Table;
import io.headrace.benchmarks.load.LoadClient;
import io.headrace.benchmarks.load.Requests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Single records of 1 KB at a steady pace, which is the dearest way to send them: nothing is shared with a neighbour. */
final class PacedRecords implements Scenario {

    private static final String TOPIC = "paced";
    private static final int PARTITIONS = 16;
    private static final int PER_SECOND = 1_000;
    private static final int WARM_UP_PER_SECOND = 5_000;

    private record Variant(int connections, int acks) {}

    private record Sample(double cpuMicros, double shardMicros, double p50Ms, double p99Ms) {}

    private static final List<Variant> VARIANTS =
            List.of(new Variant(1, 1), new Variant(500, 1), new Variant(1, -1), new Variant(500, -1));

    private long sent;

    @Override
    public void run(Target broker) throws IOException {
        broker.createTopic(TOPIC, PARTITIONS);
        Map<Variant, List<Sample>> samples = new LinkedHashMap<>();
        for (Variant variant : VARIANTS) {
            measure(broker, variant, WARM_UP_PER_SECOND);
            samples.put(variant, new ArrayList<>());
        }
        for (int round = 0; round < broker.rounds(); round++) {
            for (Variant variant : VARIANTS) {
                samples.get(variant).add(measure(broker, variant, PER_SECOND));
            }
        }
        broker.requireRecords(TOPIC, PARTITIONS, sent);
        print(samples);
    }

    private Sample measure(Target broker, Variant variant, int perSecond) throws IOException {
        ByteBuffer[] frames = new ByteBuffer[PARTITIONS];
        for (int i = 0; i < PARTITIONS; i++) {
            frames[i] = Requests.produce(TOPIC, i, variant.acks(), 1);
        }
        try (LoadClient client = new LoadClient(broker.port(), variant.connections())) {
            BrokerCpu cpu = broker.cpu();
            BrokerCpu shards = broker.shardCpu();
            cpu.start();
            shards.start();
            int requests = client.paced(_ -> frames[(int) (sent++ % PARTITIONS)], perSecond, broker.round());
            return new Sample(
                    cpu.ms() * 1_000 / requests,
                    shards.ms() * 1_000 / requests,
                    client.latencyMs(50),
                    client.latencyMs(99));
        }
    }

    private static void print(Map<Variant, List<Sample>> samples) {
        System.out.printf("%nSingle records of 1 KB, %d a second%n%n", PER_SECOND);
        Table table = new Table("connections", "acks", "CPU us/request", "of it shards", "p50 ms", "p99 ms");
        samples.forEach((variant, rounds) -> table.row(
                variant.connections(),
                variant.acks() < 0 ? "all" : "1",
                Spread.of(rounds, Sample::cpuMicros),
                Spread.of(rounds, Sample::shardMicros),
                Spread.of(rounds, Sample::p50Ms),
                Spread.of(rounds, Sample::p99Ms)));
        System.out.println(table);
    }
}
