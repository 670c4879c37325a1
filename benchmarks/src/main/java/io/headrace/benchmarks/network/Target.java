package io.headrace.benchmarks.network;

import io.headrace.benchmarks.BrokerCpu;
import io.headrace.benchmarks.load.Topics;
import io.headrace.compat.BrokerProcess;
import io.headrace.compat.ProcessFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** The broker that is measured, and for how long. */
record Target(BrokerProcess process, int rounds, Duration round) {

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
        return ProcessFigures.readFromDiskBytes(process.pid()) / 1e6;
    }

    void createTopic(String topic, int partitions) throws IOException {
        topics().create(topic, partitions);
    }

    void deleteTopic(String topic) throws IOException {
        topics().delete(topic);
    }

    /** Writes so many batches to a partition, flushed. */
    void fill(String topic, int partition, int batches, int recordsPerBatch) throws IOException {
        topics().fill(topic, partition, batches, recordsPerBatch);
    }

    /** Fails unless exactly so many records can be read from the topic, once what acks=1 left unflushed is flushed. */
    void requireRecords(String topic, int partitions, long expected) throws IOException {
        topics().requireRecords(topic, partitions, expected);
    }

    private Topics topics() {
        return new Topics(port());
    }
}
