package io.headrace.metadata;

import io.headrace.metadata.config.ConfigLayers;

/**
 * What the configuration file of the node says to the controller.
 *
 * @param partitions of a topic, where the request leaves it open ({@code num.partitions})
 * @param replicationFactor of a topic, where the request leaves it open ({@code default.replication.factor})
 * @param topicDeletion whether topics can be deleted at all ({@code delete.topic.enable})
 * @param file all of it, below what is set at run time
 */
public record ControllerSettings(
        int nodeId, int partitions, short replicationFactor, boolean topicDeletion, ConfigLayers file) {

    /** Kafka's defaults. */
    public static ControllerSettings defaults(int nodeId) {
        return new ControllerSettings(nodeId, 1, (short) 1, true, ConfigLayers.NONE);
    }
}
