package io.headrace.metadata.adoption;

import io.headrace.metadata.ConfigResource;
import io.headrace.metadata.PartitionImage;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.common.Uuid;

/** Whether all that Kafka's metadata tells of lies in one directory of one node, which is the one that is adopted. */
final class SingleNode {

    private static final String REMOTE_STORAGE = "remote.storage.enable";

    private final KraftMetadata kafka;
    private final AdoptionTerms terms;

    SingleNode(KraftMetadata kafka, AdoptionTerms terms) {
        this.kafka = kafka;
        this.terms = terms;
    }

    void check() throws NotAdoptable {
        List<Uuid> directories = kafka.logDirectories().get(terms.nodeId());
        if (directories == null) {
            throw new NotAdoptable(
                    "node " + terms.nodeId()
                            + " is not a broker of its cluster: it is the directory of a controller, or of a broker that never ran");
        }
        if (directories.size() > 1) {
            throw new NotAdoptable("the node keeps its partitions in " + directories.size()
                    + " directories (log.dirs), and this is one of them; only a node with one can be adopted");
        }
        for (KraftTopics.Topic topic : kafka.topics().all()) {
            checkNoGaps(topic);
            for (PartitionImage partition : topic.partitions().values()) {
                check(topic.name() + "-" + partition.id(), partition);
            }
            if (Boolean.parseBoolean(kafka.configs()
                    .getOrDefault(ConfigResource.topic(topic.name()), Collections.emptySortedMap())
                    .get(REMOTE_STORAGE))) {
                throw new NotAdoptable("a part of topic " + topic.name() + " lies in remote storage (" + REMOTE_STORAGE
                        + "), which Headrace does not have; bring it back with Kafka first");
            }
        }
    }

    private static void checkNoGaps(KraftTopics.Topic topic) throws NotAdoptable {
        int count = topic.partitions().size();
        if (count > 0 && topic.partitions().lastKey() != count - 1) {
            throw new NotAdoptable("its metadata is damaged: topic " + topic.name() + " has " + count
                    + " partitions, and the last is number "
                    + topic.partitions().lastKey());
        }
    }

    private void check(String name, PartitionImage partition) throws NotAdoptable {
        if (!partition.replicas().contains(terms.nodeId())) {
            throw new NotAdoptable(
                    "it belongs to a cluster of several nodes: partition " + name + " lies on " + partition.replicas()
                            + ", and not on node " + terms.nodeId() + "; make this node its only replica first");
        }
        if (partition.replicas().size() > 1) {
            throw new NotAdoptable("it belongs to a cluster of several nodes: partition " + name + " lies on "
                    + partition.replicas() + "; make node " + terms.nodeId() + " its only replica first");
        }
    }
}
