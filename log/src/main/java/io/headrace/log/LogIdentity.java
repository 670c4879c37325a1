package io.headrace.log;

import org.apache.kafka.common.Uuid;

/** Which partition a log belongs to. The id is what tells a topic from an earlier one of the same name. */
public record LogIdentity(String topic, Uuid topicId, int partition) {

    /** The name of the directory that holds the log, as Kafka has it: {@code topic-partition}. */
    public String directoryName() {
        return topic + "-" + partition;
    }

    @Override
    public String toString() {
        return directoryName();
    }
}
