package io.headrace.simulation.metadata;

import io.headrace.metadata.BrokerRegistration;
import io.headrace.metadata.ControllerEvent;
import io.headrace.metadata.Endpoint;
import io.headrace.metadata.MetadataImage;
import io.headrace.metadata.TopicImage;
import io.headrace.simulation.SeededRandomness;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterConfigsResource;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData.AlterableConfig;

/** What administrators ask for: few names, so that requests meet each other's topics. */
final class Requests {

    private static final int BROKER = 1;
    private static final int NAMES = 12;
    private static final int PARTITIONS_AT_MOST = 4;

    private static final byte TOPIC = 2;
    private static final byte SET = 0;
    private static final byte DELETE = 1;
    private static final short DELETE_TOPICS_VERSION = 6;

    private final SeededRandomness random;

    Requests(SeededRandomness random) {
        this.random = random;
    }

    ControllerEvent<?> register() {
        List<Endpoint> endpoints = List.of(new Endpoint("PLAINTEXT", "localhost", 9092 + random.below(2), (short) 0));
        return new ControllerEvent.RegisterBroker(
                new BrokerRegistration(BROKER, endpoints, null, List.of(new Uuid(3, 3))));
    }

    ControllerEvent<?> next(MetadataImage image) {
        return switch (random.below(10)) {
            case 0, 1, 2 -> create();
            case 3, 4 -> delete(image);
            case 5 -> grow(image);
            case 6, 7, 8 -> alter();
            default -> new ControllerEvent.AllocateProducerIds(BROKER);
        };
    }

    private String name() {
        return "topic" + random.below(NAMES);
    }

    private ControllerEvent<?> create() {
        CreateTopicsRequestData request = new CreateTopicsRequestData();
        int count = random.between(1, 2);
        String name = name();
        for (int i = 0; i < count; i++) {
            request.topics()
                    .add(new CreatableTopic()
                            .setName(name + (i == 0 ? "" : "-too"))
                            .setNumPartitions(random.between(1, PARTITIONS_AT_MOST))
                            .setReplicationFactor((short) 1));
        }
        return new ControllerEvent.CreateTopics(request, false);
    }

    private ControllerEvent<?> delete(MetadataImage image) {
        TopicImage topic = image.topic(name());
        DeleteTopicState state = topic == null || random.coin()
                ? new DeleteTopicState().setName(name())
                : new DeleteTopicState().setName(null).setTopicId(topic.id());
        DeleteTopicsRequestData request = new DeleteTopicsRequestData();
        request.topics().add(state);
        return new ControllerEvent.DeleteTopics(request, DELETE_TOPICS_VERSION);
    }

    private ControllerEvent<?> grow(MetadataImage image) {
        TopicImage topic = image.topic(name());
        CreatePartitionsRequestData request = new CreatePartitionsRequestData();
        request.topics()
                .add(new CreatePartitionsTopic()
                        .setName(topic == null ? name() : topic.name())
                        .setCount((topic == null ? 1 : topic.partitionCount()) + random.between(0, 2))
                        .setAssignments(null));
        return new ControllerEvent.CreatePartitions(request);
    }

    private ControllerEvent<?> alter() {
        boolean deletes = random.oneIn(4);
        AlterConfigsResource resource =
                new AlterConfigsResource().setResourceType(TOPIC).setResourceName(name());
        resource.configs()
                .add(new AlterableConfig()
                        .setName("retention.ms")
                        .setConfigOperation(deletes ? DELETE : SET)
                        .setValue(deletes ? null : Integer.toString(random.between(1, 1_000_000))));
        IncrementalAlterConfigsRequestData request = new IncrementalAlterConfigsRequestData();
        request.resources().add(resource);
        return new ControllerEvent.IncrementalAlterConfigs(request);
    }
}
