package io.headrace.wire;

import org.apache.kafka.common.message.AddOffsetsToTxnRequestData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.ConsumerGroupDescribeRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.DeleteGroupsRequestData;
import org.apache.kafka.common.message.DeleteRecordsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DescribeClusterRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeGroupsRequestData;
import org.apache.kafka.common.message.DescribeQuorumRequestData;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData;
import org.apache.kafka.common.message.DescribeTransactionsRequestData;
import org.apache.kafka.common.message.EndTxnRequestData;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.ListConfigResourcesRequestData;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.ListTransactionsRequestData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.message.WriteTxnMarkersRequestData;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * Makes the generated message object of a request body. A plain switch rather than Kafka's own tables: with it a message
 * class is loaded when its API is first used, and starting up does not pay for the schemas of all the others. Requests with
 * keyed collections go through {@link KeyedRequests}, which says why.
 */
public final class RequestDecoder {

    private RequestDecoder() {}

    /**
     * Reads the body that follows the header, of a version that is {@linkplain RequestHeader#supported() supported}.
     * Whatever goes wrong is {@link MalformedMessage}: the generated classes report what they refuse as a bare
     * RuntimeException. Bytes after the body are ignored, as Kafka does.
     */
    public static ApiMessage decode(RequestHeader header, ByteReader body) {
        if (!header.supported()) {
            throw new MalformedMessage(header.api() + " has no version " + header.version());
        }
        try {
            return read(header.api(), body, header.version());
        } catch (MalformedMessage malformed) {
            throw malformed;
        } catch (RuntimeException refused) {
            throw new MalformedMessage(
                    header.api() + " version " + header.version() + ": " + refused.getMessage(), refused);
        }
    }

    private static ApiMessage read(ApiKey api, ByteReader body, short version) {
        return switch (api) {
            case PRODUCE -> KeyedRequests.produce(body, version);
            case FETCH -> new FetchRequestData(body, version);
            case LIST_OFFSETS -> new ListOffsetsRequestData(body, version);
            case METADATA -> new MetadataRequestData(body, version);
            case OFFSET_COMMIT -> new OffsetCommitRequestData(body, version);
            case OFFSET_FETCH -> new OffsetFetchRequestData(body, version);
            case FIND_COORDINATOR -> new FindCoordinatorRequestData(body, version);
            case JOIN_GROUP -> KeyedRequests.joinGroup(body, version);
            case HEARTBEAT -> new HeartbeatRequestData(body, version);
            case LEAVE_GROUP -> new LeaveGroupRequestData(body, version);
            case SYNC_GROUP -> new SyncGroupRequestData(body, version);
            case DESCRIBE_GROUPS -> new DescribeGroupsRequestData(body, version);
            case LIST_GROUPS -> new ListGroupsRequestData(body, version);
            case API_VERSIONS -> new ApiVersionsRequestData(body, version);
            case CREATE_TOPICS -> KeyedRequests.createTopics(body, version);
            case DELETE_TOPICS -> new DeleteTopicsRequestData(body, version);
            case DELETE_RECORDS -> new DeleteRecordsRequestData(body, version);
            case INIT_PRODUCER_ID -> new InitProducerIdRequestData(body, version);
            case OFFSET_FOR_LEADER_EPOCH -> KeyedRequests.offsetForLeaderEpoch(body, version);
            case ADD_PARTITIONS_TO_TXN -> KeyedRequests.addPartitionsToTxn(body, version);
            case ADD_OFFSETS_TO_TXN -> new AddOffsetsToTxnRequestData(body, version);
            case END_TXN -> new EndTxnRequestData(body, version);
            case WRITE_TXN_MARKERS -> new WriteTxnMarkersRequestData(body, version);
            case TXN_OFFSET_COMMIT -> new TxnOffsetCommitRequestData(body, version);
            case DESCRIBE_CONFIGS -> new DescribeConfigsRequestData(body, version);
            case ALTER_CONFIGS -> KeyedRequests.alterConfigs(body, version);
            case ALTER_REPLICA_LOG_DIRS -> KeyedAdminRequests.alterReplicaLogDirs(body, version);
            case DESCRIBE_LOG_DIRS -> KeyedRequests.describeLogDirs(body, version);
            case CREATE_PARTITIONS -> KeyedRequests.createPartitions(body, version);
            case DELETE_GROUPS -> new DeleteGroupsRequestData(body, version);
            case ELECT_LEADERS -> KeyedAdminRequests.electLeaders(body, version);
            case INCREMENTAL_ALTER_CONFIGS -> KeyedRequests.incrementalAlterConfigs(body, version);
            case ALTER_PARTITION_REASSIGNMENTS -> new AlterPartitionReassignmentsRequestData(body, version);
            case LIST_PARTITION_REASSIGNMENTS -> new ListPartitionReassignmentsRequestData(body, version);
            case OFFSET_DELETE -> KeyedRequests.offsetDelete(body, version);
            case DESCRIBE_QUORUM -> new DescribeQuorumRequestData(body, version);
            case UPDATE_FEATURES -> KeyedAdminRequests.updateFeatures(body, version);
            case DESCRIBE_CLUSTER -> new DescribeClusterRequestData(body, version);
            case DESCRIBE_PRODUCERS -> KeyedRequests.describeProducers(body, version);
            case DESCRIBE_TRANSACTIONS -> new DescribeTransactionsRequestData(body, version);
            case LIST_TRANSACTIONS -> new ListTransactionsRequestData(body, version);
            case CONSUMER_GROUP_HEARTBEAT -> new ConsumerGroupHeartbeatRequestData(body, version);
            case CONSUMER_GROUP_DESCRIBE -> new ConsumerGroupDescribeRequestData(body, version);
            case LIST_CONFIG_RESOURCES -> new ListConfigResourcesRequestData(body, version);
            case DESCRIBE_TOPIC_PARTITIONS -> new DescribeTopicPartitionsRequestData(body, version);
            default -> throw new MalformedMessage(api + " is not served");
        };
    }
}
