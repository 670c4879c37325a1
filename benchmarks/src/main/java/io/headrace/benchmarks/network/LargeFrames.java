package io.headrace.benchmarks.network;

import io.headrace.benchmarks.BrokerCpu;
import io.headrace.benchmarks.Spread;
import io.headrace.benchmarks.Table;
import io.headrace.benchmarks.load.LoadClient;
import io.headrace.benchmarks.load.Requests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Frames of 1 MB, in and out, as fast as they go: what a byte costs. What is fetched is in the page cache. */
final class LargeFrames implements Scenario {

    private static final int RECORDS = 1_000;
    private static final int FRAME_BYTES = RECORDS * Requests.RECORD_BYTES;

    /** Room for a batch with its overhead, and not for another one. */
    private static final int FETCH_BYTES = FRAME_BYTES + FRAME_BYTES / 10;

    private static final int CONNECTIONS = 2;
    private static final int WINDOW = 2;

    private record Sample(double cpuSecondsPerGb, double mbPerSecond) {}

    private final List<Sample> produced = new ArrayList<>();
    private final List<Sample> fetched = new ArrayList<>();
    private long fetches;

    @Override
    public void run(Target broker) throws IOException {
        try (LoadClient client = new LoadClient(broker.port(), CONNECTIONS)) {
            measure(broker, client, "large-warm-up");
            produced.clear();
            fetched.clear();
            for (int round = 0; round < broker.rounds(); round++) {
                measure(broker, client, "large-" + round);
            }
        }
        System.out.printf("%nFrames of 1 MB, %d connections with %d in flight each%n%n", CONNECTIONS, WINDOW);
        Table table = new Table("", "CPU s/GB", "MB/s");
        table.row(
                "produce, acks=1",
                Spread.of(produced, Sample::cpuSecondsPerGb),
                Spread.of(produced, Sample::mbPerSecond));
        table.row("fetch", Spread.of(fetched, Sample::cpuSecondsPerGb), Spread.of(fetched, Sample::mbPerSecond));
        System.out.println(table);
    }

    private void measure(Target broker, LoadClient client, String topic) throws IOException {
        broker.createTopic(topic, CONNECTIONS);
        ByteBuffer[] produces = new ByteBuffer[CONNECTIONS];
        for (int i = 0; i < CONNECTIONS; i++) {
            produces[i] = Requests.produce(topic, i, 1, RECORDS);
        }
        long batches = saturate(broker, client, i -> produces[i], produced);
        broker.requireRecords(topic, CONNECTIONS, batches * RECORDS);
        // Of the part that both partitions have, each time one batch, which is one frame.
        long common = batches / CONNECTIONS / 2;
        saturate(broker, client, i -> Requests.fetch(topic, i, fetches++ % common * RECORDS, FETCH_BYTES), fetched);
        broker.deleteTopic(topic);
    }

    private static long saturate(Target broker, LoadClient client, LoadClient.Frames frames, List<Sample> samples)
            throws IOException {
        BrokerCpu cpu = broker.cpu();
        cpu.start();
        long start = System.nanoTime();
        long answers = client.saturated(frames, WINDOW, broker.round());
        double seconds = (System.nanoTime() - start) / 1e9;
        double mb = answers * (FRAME_BYTES / 1e6);
        samples.add(new Sample(cpu.ms() / mb, mb / seconds));
        return answers;
    }
}
