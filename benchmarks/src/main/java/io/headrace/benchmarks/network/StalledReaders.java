package io.headrace.benchmarks.network;

import io.headrace.benchmarks.Spread;
import io.headrace.benchmarks.Table;
import io.headrace.benchmarks.load.LoadClient;
import io.headrace.benchmarks.load.Requests;
import io.headrace.benchmarks.network.SteadyProducer.Latency;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Fifty readers that ask for much and then read nothing: what it does to somebody else, and to the broker's memory. */
final class StalledReaders implements Scenario {

    private static final String TOPIC = "stalled";
    private static final int READERS = 50;
    private static final int REQUESTS = 8;
    private static final int BATCHES = 100;
    private static final int RECORDS = 1_000;
    private static final int FETCH_BYTES = 50_000_000;
    private static final long UNTIL_STALLED_MS = 500;

    private record Sample(Latency latency, double residentMb) {}

    @Override
    public void run(Target broker) throws IOException, InterruptedException {
        broker.createTopic(TOPIC, 1);
        broker.fill(TOPIC, 0, BATCHES, RECORDS);
        ByteBuffer fetch = Requests.fetch(TOPIC, 0, 0, FETCH_BYTES);
        List<Sample> without = new ArrayList<>();
        List<Sample> with = new ArrayList<>();
        try (SteadyProducer other = new SteadyProducer(broker, "beside-stalled")) {
            other.produce(broker.round());
            for (int round = 0; round < broker.rounds(); round++) {
                without.add(new Sample(other.produce(broker.round()), broker.residentMb()));
                try (LoadClient readers = new LoadClient(broker.port(), READERS)) {
                    readers.sendWithoutReading(_ -> fetch, REQUESTS);
                    Thread.sleep(UNTIL_STALLED_MS);
                    with.add(new Sample(other.produce(broker.round()), broker.residentMb()));
                }
            }
        }
        System.out.printf("%n%d readers that stop reading, each with %d fetches of 50 MB%n%n", READERS, REQUESTS);
        Table table = new Table("", "another's p50 ms", "p99 ms", "max ms", "resident MB");
        row(table, "without", without);
        row(table, "with", with);
        System.out.println(table);
    }

    private static void row(Table table, String name, List<Sample> rounds) {
        table.row(
                name,
                Spread.of(rounds, sample -> sample.latency().p50Ms()),
                Spread.of(rounds, sample -> sample.latency().p99Ms()),
                Spread.of(rounds, sample -> sample.latency().maxMs()),
                Spread.of(rounds, Sample::residentMb));
    }
}
