package io.headrace.benchmarks.network;

import io.headrace.benchmarks.load.LoadClient;
import io.headrace.benchmarks.load.Requests;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Somebody who goes about his business while others misbehave: single records of 1 KB over all partitions of a topic. */
final class SteadyProducer implements AutoCloseable {

    private static final int PER_SECOND = 1_000;
    private static final int CONNECTIONS = 10;
    private static final int PARTITIONS = 16;

    private final Target broker;
    private final String topic;
    private final LoadClient client;
    private final ByteBuffer[] frames = new ByteBuffer[PARTITIONS];
    private long sent;

    SteadyProducer(Target broker, String topic) throws IOException {
        this.broker = broker;
        this.topic = topic;
        broker.createTopic(topic, PARTITIONS);
        for (int i = 0; i < PARTITIONS; i++) {
            frames[i] = Requests.produce(topic, i, 1, 1);
        }
        client = new LoadClient(broker.port(), CONNECTIONS);
    }

    /** How long its requests took. */
    record Latency(double p50Ms, double p99Ms, double maxMs) {}

    Latency produce(Duration duration) throws IOException {
        client.paced(_ -> frames[(int) (sent++ % PARTITIONS)], PER_SECOND, duration);
        return new Latency(client.latencyMs(50), client.latencyMs(99), client.latencyMs(100));
    }

    @Override
    public void close() throws IOException {
        client.close();
        broker.requireRecords(topic, PARTITIONS, sent);
    }
}
