package io.headrace.benchmarks.network;

import io.headrace.benchmarks.BrokerCpu;
import io.headrace.compat.BrokerProcess;
import io.headrace.compat.ProcessFigures;
import io.headrace.compat.RawClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** The broker that is measured, and for how long. */
record Target(BrokerProcess process, int rounds, Duration round) {

    private static final Duration FLUSH_PATIENCE = Duration.ofSeconds(20);

    int port() {
        return process.port();
    }

    Path partitionDirectory(String topic, int partition) {
        return process.dataDirectory().resolve(topic + "-" + partition);
    }

    BrokerCpu cpu() {
        return new BrokerCpu(process.pid());
    }

    /** Of what the network decision is about: the threads that own connections and partitions. */
    BrokerCpu shardCpu() {
        return new BrokerCpu(process.pid(), "headrace-shard");
    }

    double residentMb() throws IOException {
        return ProcessFigures.residentBytes(process.pid()) / 1e6;
    }

    /** What the kernel had to fetch from the disk for the process. */
    double readFromDiskMb() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/io"))) {
            if (line.startsWith("read_bytes: ")) {
                return Long.parseLong(line.substring("read_bytes: ".length())) / 1e6;
            }
        }
        throw new IOException("/proc/PID/io says nothing of read_bytes");
    }

    void createTopic(String topic, int partitions) throws IOException {
        try (RawClient client = RawClient.connect(port())) {
            Requests.createTopic(client, topic, partitions);
        }
    }

    void deleteTopic(String topic) throws IOException {
        try (RawClient client = RawClient.connect(port())) {
            Requests.deleteTopic(client, topic);
        }
    }

    /** Writes so many batches to a partition, flushed. */
    void fill(String topic, int partition, int batches, int recordsPerBatch) throws IOException {
        try (RawClient client = RawClient.connect(port())) {
            for (int i = 0; i < batches; i++) {
                Requests.write(client, topic, partition, recordsPerBatch);
            }
        }
    }

    /** Fails unless exactly so many records can be read from the topic, once what acks=1 left unflushed is flushed. */
    void requireRecords(String topic, int partitions, long expected) throws IOException {
        long giveUp = System.nanoTime() + FLUSH_PATIENCE.toNanos();
        try (RawClient client = RawClient.connect(port())) {
            long found = Requests.endOffset(client, topic, partitions);
            while (found < expected && System.nanoTime() < giveUp) {
                found = Requests.endOffset(client, topic, partitions);
            }
            if (found != expected) {
                throw new IOException(found + " records in " + topic + " where " + expected + " were sent");
            }
        }
    }
}
