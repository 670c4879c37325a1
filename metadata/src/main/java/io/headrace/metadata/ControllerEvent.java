package io.headrace.metadata;

import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.AlterConfigsResponseData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsResponseData;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsResponseData;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsResponseData;
import org.apache.kafka.common.message.ElectLeadersRequestData;
import org.apache.kafka.common.message.ElectLeadersResponseData;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.IncrementalAlterConfigsResponseData;
import org.apache.kafka.common.message.UpdateFeaturesRequestData;
import org.apache.kafka.common.message.UpdateFeaturesResponseData;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * Something that the controller is asked for, answered with an {@code R}. Requests of clients are the protocol's own
 * messages; the responses hold an error for each of their elements, in the order of the request, and the throttle time
 * is left to the broker.
 */
public sealed interface ControllerEvent<R> {

    /** What is to be done about it, seeing the image. Changes nothing. */
    Decision<R> decide(MetadataImage image, ControllerEnv env);

    /**
     * Topics that are created because somebody asked for their metadata come here too, one request for all of them.
     *
     * @param describing the response lists the configurations of the new topics, as it does from version 5 on
     */
    record CreateTopics(CreateTopicsRequestData request, boolean describing)
            implements ControllerEvent<CreateTopicsResponseData> {
        @Override
        public Decision<CreateTopicsResponseData> decide(MetadataImage image, ControllerEnv env) {
            return new TopicCreation(request, describing, false, image, env).decide();
        }
    }

    /**
     * The broker needs a topic of its own, with configurations that clients may not be free to choose. Answered with NONE,
     * also if it exists already, or with what is in the way.
     */
    record CreateInternalTopic(CreatableTopic topic) implements ControllerEvent<ErrorCode> {
        @Override
        public Decision<ErrorCode> decide(MetadataImage image, ControllerEnv env) {
            if (image.topic(topic.name()) != null) {
                return Decision.of(ErrorCode.NONE);
            }
            CreateTopicsRequestData request = new CreateTopicsRequestData();
            request.topics().add(topic.duplicate());
            Decision<CreateTopicsResponseData> created = new TopicCreation(request, false, true, image, env).decide();
            short error = created.response().topics().find(topic.name()).errorCode();
            return new Decision<>(created.records(), ErrorCode.forCode(error));
        }
    }

    record DeleteTopics(DeleteTopicsRequestData request, short version)
            implements ControllerEvent<DeleteTopicsResponseData> {
        @Override
        public Decision<DeleteTopicsResponseData> decide(MetadataImage image, ControllerEnv env) {
            return new TopicDeletion(this, image, env).decide();
        }
    }

    record CreatePartitions(CreatePartitionsRequestData request)
            implements ControllerEvent<CreatePartitionsResponseData> {
        @Override
        public Decision<CreatePartitionsResponseData> decide(MetadataImage image, ControllerEnv env) {
            return new PartitionCreation(request, image, env).decide();
        }
    }

    record IncrementalAlterConfigs(IncrementalAlterConfigsRequestData request)
            implements ControllerEvent<IncrementalAlterConfigsResponseData> {
        @Override
        public Decision<IncrementalAlterConfigsResponseData> decide(MetadataImage image, ControllerEnv env) {
            return new IncrementalAlteration(request, image, env).decide();
        }
    }

    /** The older way, which replaces all that has been set for a resource. */
    record AlterConfigs(AlterConfigsRequestData request) implements ControllerEvent<AlterConfigsResponseData> {
        @Override
        public Decision<AlterConfigsResponseData> decide(MetadataImage image, ControllerEnv env) {
            return new WholesaleAlteration(request, image, env).decide();
        }
    }

    record ElectLeaders(ElectLeadersRequestData request) implements ControllerEvent<ElectLeadersResponseData> {
        @Override
        public Decision<ElectLeadersResponseData> decide(MetadataImage image, ControllerEnv env) {
            return new LeaderElection(request, image).decide();
        }
    }

    record AlterPartitionReassignments(AlterPartitionReassignmentsRequestData request)
            implements ControllerEvent<AlterPartitionReassignmentsResponseData> {
        @Override
        public Decision<AlterPartitionReassignmentsResponseData> decide(MetadataImage image, ControllerEnv env) {
            return new Reassignment(request, image, env).decide();
        }
    }

    record UpdateFeatures(UpdateFeaturesRequestData request) implements ControllerEvent<UpdateFeaturesResponseData> {
        @Override
        public Decision<UpdateFeaturesResponseData> decide(MetadataImage image, ControllerEnv env) {
            return FeatureUpdate.decide(request);
        }
    }

    record AllocateProducerIds(int brokerId) implements ControllerEvent<ProducerIdBlock> {
        @Override
        public Decision<ProducerIdBlock> decide(MetadataImage image, ControllerEnv env) {
            return ProducerIdBlock.next(brokerId, image);
        }
    }

    /** A broker starts. The first one of a new cluster also sets the levels of its features. */
    record RegisterBroker(BrokerRegistration registration) implements ControllerEvent<BrokerImage> {
        @Override
        public Decision<BrokerImage> decide(MetadataImage image, ControllerEnv env) {
            return registration.decide(image, env);
        }
    }

    /**
     * A broker that shows what is not yet durable comes back from an unclean stop: readers may have seen what is gone, so
     * all that it leads gets a new leader epoch, by which they notice (KIP-320). Answered with the number of partitions.
     */
    record BeginLeaderEpochs(int brokerId) implements ControllerEvent<Integer> {
        @Override
        public Decision<Integer> decide(MetadataImage image, ControllerEnv env) {
            List<ApiMessage> records = new ArrayList<>();
            for (TopicImage topic : image.topics()) {
                for (PartitionImage partition : topic.partitions()) {
                    if (partition.leader() == brokerId) {
                        records.add(ImageRecords.partition(topic, partition.withNextLeaderEpoch()));
                    }
                }
            }
            return new Decision<>(records, records.size());
        }
    }
}
