package io.headrace.app.cli;

import org.apache.kafka.common.config.ConfigResource;
import picocli.CommandLine.Option;

/** Whose configuration is meant: one of the three flags. */
final class ConfigTarget {

    @Option(
            names = {"-t", "--topic"},
            paramLabel = "TOPIC",
            required = true,
            description = "A topic.")
    private String topic;

    @Option(names = "--broker", paramLabel = "ID", required = true, description = "One broker, by its number.")
    private Integer broker;

    @Option(names = "--brokers", required = true, description = "What is set for all brokers of the cluster.")
    private boolean brokers;

    ConfigResource resource() {
        if (topic != null) {
            return new ConfigResource(ConfigResource.Type.TOPIC, topic);
        }
        return new ConfigResource(ConfigResource.Type.BROKER, brokers ? "" : broker.toString());
    }

    @Override
    public String toString() {
        if (topic != null) {
            return "topic " + topic;
        }
        return brokers ? "all brokers" : "broker " + broker;
    }
}
