package io.headrace.broker.api;

import io.headrace.broker.Api;
import io.headrace.broker.Node;
import io.headrace.broker.Request;
import io.headrace.metadata.Endpoint;
import io.headrace.metadata.LocalMetadataLog;
import io.headrace.metadata.MetadataImage;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.DescribeQuorumRequestData;
import org.apache.kafka.common.message.DescribeQuorumRequestData.PartitionData;
import org.apache.kafka.common.message.DescribeQuorumRequestData.TopicData;
import org.apache.kafka.common.message.DescribeQuorumResponseData;
import org.apache.kafka.common.message.DescribeQuorumResponseData.Listener;
import org.apache.kafka.common.message.DescribeQuorumResponseData.ReplicaState;

/**
 * DescribeQuorum, versions 0 to 2 (KIP-595, KIP-836, KIP-853): the metadata log has this node as its leader and its only
 * voter, and nobody follows it.
 */
public final class DescribeQuorumApi implements Api {

    private static final String METADATA_TOPIC = "__cluster_metadata";
    private static final short FIRST_VERSION_WITH_NODES = 2;

    private final Node node;

    public DescribeQuorumApi(Node node) {
        this.node = node;
    }

    @Override
    public void handle(Request request) {
        DescribeQuorumRequestData wanted = (DescribeQuorumRequestData) request.body();
        request.respond(asksForTheMetadata(wanted) ? described(request) : refused(wanted));
    }

    private static boolean asksForTheMetadata(DescribeQuorumRequestData wanted) {
        if (wanted.topics().size() != 1) {
            return false;
        }
        TopicData topic = wanted.topics().getFirst();
        return topic.topicName().equals(METADATA_TOPIC)
                && topic.partitions().size() == 1
                && topic.partitions().getFirst().partitionIndex() == 0;
    }

    private static DescribeQuorumResponseData refused(DescribeQuorumRequestData wanted) {
        DescribeQuorumResponseData response = new DescribeQuorumResponseData();
        for (TopicData topic : wanted.topics()) {
            List<DescribeQuorumResponseData.PartitionData> partitions = new ArrayList<>();
            for (PartitionData partition : topic.partitions()) {
                partitions.add(new DescribeQuorumResponseData.PartitionData()
                        .setPartitionIndex(partition.partitionIndex())
                        .setErrorCode(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION.code()));
            }
            response.topics()
                    .add(new DescribeQuorumResponseData.TopicData()
                            .setTopicName(topic.topicName())
                            .setPartitions(partitions));
        }
        return response;
    }

    private DescribeQuorumResponseData described(Request request) {
        MetadataImage image = node.image();
        long endOffset = image.offset() + 1;
        long nowWallMs = node.time().wallMs();
        ReplicaState voter = new ReplicaState()
                .setReplicaId(node.id())
                .setLogEndOffset(endOffset)
                .setLastFetchTimestamp(nowWallMs)
                .setLastCaughtUpTimestamp(nowWallMs);
        DescribeQuorumResponseData response = new DescribeQuorumResponseData();
        response.topics()
                .add(new DescribeQuorumResponseData.TopicData()
                        .setTopicName(METADATA_TOPIC)
                        .setPartitions(List.of(new DescribeQuorumResponseData.PartitionData()
                                .setLeaderId(node.id())
                                .setLeaderEpoch(LocalMetadataLog.LEADER_EPOCH)
                                .setHighWatermark(endOffset)
                                .setCurrentVoters(List.of(voter)))));
        if (request.version() >= FIRST_VERSION_WITH_NODES) {
            response.nodes().add(voterNode(request, image));
        }
        return response;
    }

    private DescribeQuorumResponseData.Node voterNode(Request request, MetadataImage image) {
        DescribeQuorumResponseData.Node voter = new DescribeQuorumResponseData.Node().setNodeId(node.id());
        Endpoint endpoint = node.endpointFor(request, image.broker(node.id()));
        if (endpoint != null) {
            voter.listeners()
                    .add(new Listener()
                            .setName(endpoint.listener())
                            .setHost(endpoint.host())
                            .setPort(endpoint.port()));
        }
        return voter;
    }
}
