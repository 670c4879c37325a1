package io.headrace.benchmarks.sidebyside;

import io.headrace.compat.BrokerProcess;
import io.headrace.compat.FreePort;
import io.headrace.compat.KafkaProcess;
import io.headrace.compat.ServerProcess;
import java.nio.file.Path;
import java.util.Map;

/** Who is compared. */
enum Contender {
    HEADRACE("Headrace"),
    KAFKA("Apache Kafka"),

    /** With a heap that it can live on, since its scripts take a gigabyte at once. */
    KAFKA_SMALL("Apache Kafka, -Xmx256m");

    private final String text;

    Contender(String text) {
        this.text = text;
    }

    /** A server of this kind that is not started yet: the defaults of its launcher, on an empty directory. */
    ServerProcess in(Path directory, Durability durability) {
        return in(directory, durability, Map.of());
    }

    /** The same, with some of Kafka's keys set. */
    ServerProcess in(Path directory, Durability durability, Map<String, String> settings) {
        // Pages of deleted files are used again, so that a virtual machine need not find new ones in every round.
        String deleteDelay = "log.segment.delete.delay.ms";
        if (this == HEADRACE) {
            BrokerProcess broker = BrokerProcess.in(directory.resolve("data")).onPort(FreePort.any());
            durability.headraceSettings().forEach(broker::set);
            settings.forEach(broker::set);
            return broker.set(deleteDelay, "0");
        }
        KafkaProcess kafka = KafkaProcess.in(directory).startedByItsScripts();
        durability.kafkaSettings().forEach(kafka::set);
        settings.forEach(kafka::set);
        if (this == KAFKA_SMALL) {
            kafka.jvm("-Xms256m").jvm("-Xmx256m");
        }
        return kafka.set(deleteDelay, "0").formatted();
    }

    @Override
    public String toString() {
        return text;
    }
}
