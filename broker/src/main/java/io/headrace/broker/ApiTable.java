package io.headrace.broker;

import io.headrace.broker.api.AddOffsetsToTxnApi;
import io.headrace.broker.api.AddPartitionsToTxnApi;
import io.headrace.broker.api.AlterConfigsApi;
import io.headrace.broker.api.AlterPartitionReassignmentsApi;
import io.headrace.broker.api.AlterReplicaLogDirsApi;
import io.headrace.broker.api.ApiVersionsApi;
import io.headrace.broker.api.ConsumerGroupDescribeApi;
import io.headrace.broker.api.ConsumerGroupHeartbeatApi;
import io.headrace.broker.api.CreatePartitionsApi;
import io.headrace.broker.api.CreateTopicsApi;
import io.headrace.broker.api.DeleteGroupsApi;
import io.headrace.broker.api.DeleteRecordsApi;
import io.headrace.broker.api.DeleteTopicsApi;
import io.headrace.broker.api.DescribeClusterApi;
import io.headrace.broker.api.DescribeConfigsApi;
import io.headrace.broker.api.DescribeGroupsApi;
import io.headrace.broker.api.DescribeLogDirsApi;
import io.headrace.broker.api.DescribeProducersApi;
import io.headrace.broker.api.DescribeQuorumApi;
import io.headrace.broker.api.DescribeTopicPartitionsApi;
import io.headrace.broker.api.DescribeTransactionsApi;
import io.headrace.broker.api.ElectLeadersApi;
import io.headrace.broker.api.EndTxnApi;
import io.headrace.broker.api.FindCoordinatorApi;
import io.headrace.broker.api.HeartbeatApi;
import io.headrace.broker.api.IncrementalAlterConfigsApi;
import io.headrace.broker.api.InitProducerIdApi;
import io.headrace.broker.api.JoinGroupApi;
import io.headrace.broker.api.LeaveGroupApi;
import io.headrace.broker.api.ListConfigResourcesApi;
import io.headrace.broker.api.ListGroupsApi;
import io.headrace.broker.api.ListOffsetsApi;
import io.headrace.broker.api.ListPartitionReassignmentsApi;
import io.headrace.broker.api.ListTransactionsApi;
import io.headrace.broker.api.MetadataApi;
import io.headrace.broker.api.OffsetCommitApi;
import io.headrace.broker.api.OffsetDeleteApi;
import io.headrace.broker.api.OffsetFetchApi;
import io.headrace.broker.api.OffsetForLeaderEpochApi;
import io.headrace.broker.api.SyncGroupApi;
import io.headrace.broker.api.TxnOffsetCommitApi;
import io.headrace.broker.api.UpdateFeaturesApi;
import io.headrace.broker.api.WriteTxnMarkersApi;
import io.headrace.broker.fetch.FetchApi;
import io.headrace.broker.produce.ProduceApi;
import io.headrace.wire.ApiKey;
import java.util.EnumMap;
import java.util.Map;

/**
 * The APIs that are served, each by the class named here, at all versions that {@link ApiKey} lists. What is not in this
 * table is not advertised, and refused. Each shard has its own table, and a class is loaded when its API is first used.
 */
public final class ApiTable {

    private final Node node;
    private final Map<ApiKey, Api> used = new EnumMap<>(ApiKey.class);

    ApiTable(Node node) {
        this.node = node;
    }

    public static boolean serves(ApiKey api) {
        return switch (api) {
            case PRODUCE,
                    FETCH,
                    LIST_OFFSETS,
                    METADATA,
                    OFFSET_COMMIT,
                    OFFSET_FETCH,
                    FIND_COORDINATOR,
                    JOIN_GROUP,
                    HEARTBEAT,
                    LEAVE_GROUP,
                    SYNC_GROUP,
                    DESCRIBE_GROUPS,
                    LIST_GROUPS,
                    API_VERSIONS,
                    CREATE_TOPICS,
                    DELETE_TOPICS,
                    DELETE_RECORDS,
                    INIT_PRODUCER_ID,
                    OFFSET_FOR_LEADER_EPOCH,
                    ADD_PARTITIONS_TO_TXN,
                    ADD_OFFSETS_TO_TXN,
                    END_TXN,
                    WRITE_TXN_MARKERS,
                    TXN_OFFSET_COMMIT,
                    DESCRIBE_CONFIGS,
                    ALTER_CONFIGS,
                    ALTER_REPLICA_LOG_DIRS,
                    DESCRIBE_LOG_DIRS,
                    CREATE_PARTITIONS,
                    DELETE_GROUPS,
                    ELECT_LEADERS,
                    INCREMENTAL_ALTER_CONFIGS,
                    ALTER_PARTITION_REASSIGNMENTS,
                    LIST_PARTITION_REASSIGNMENTS,
                    OFFSET_DELETE,
                    DESCRIBE_QUORUM,
                    UPDATE_FEATURES,
                    DESCRIBE_CLUSTER,
                    DESCRIBE_PRODUCERS,
                    CONSUMER_GROUP_HEARTBEAT,
                    CONSUMER_GROUP_DESCRIBE,
                    LIST_CONFIG_RESOURCES,
                    DESCRIBE_TRANSACTIONS,
                    LIST_TRANSACTIONS,
                    DESCRIBE_TOPIC_PARTITIONS -> true;
            default -> false;
        };
    }

    Api api(ApiKey key) {
        Api api = used.get(key);
        if (api == null) {
            api = make(key);
            used.put(key, api);
        }
        return api;
    }

    private Api make(ApiKey key) {
        return switch (key) {
            case PRODUCE -> new ProduceApi(node);
            case FETCH -> new FetchApi(node);
            case LIST_OFFSETS -> new ListOffsetsApi(node);
            case METADATA -> new MetadataApi(node);
            case OFFSET_COMMIT -> new OffsetCommitApi(node);
            case OFFSET_FETCH -> new OffsetFetchApi(node);
            case FIND_COORDINATOR -> new FindCoordinatorApi(node);
            case JOIN_GROUP -> new JoinGroupApi(node);
            case HEARTBEAT -> new HeartbeatApi(node);
            case LEAVE_GROUP -> new LeaveGroupApi(node);
            case SYNC_GROUP -> new SyncGroupApi(node);
            case DESCRIBE_GROUPS -> new DescribeGroupsApi(node);
            case LIST_GROUPS -> new ListGroupsApi(node);
            case API_VERSIONS -> new ApiVersionsApi(node);
            case CREATE_TOPICS -> new CreateTopicsApi(node);
            case DELETE_TOPICS -> new DeleteTopicsApi(node);
            case DELETE_RECORDS -> new DeleteRecordsApi(node);
            case INIT_PRODUCER_ID -> new InitProducerIdApi(node);
            case OFFSET_FOR_LEADER_EPOCH -> new OffsetForLeaderEpochApi(node);
            case ADD_PARTITIONS_TO_TXN -> new AddPartitionsToTxnApi(node);
            case ADD_OFFSETS_TO_TXN -> new AddOffsetsToTxnApi(node);
            case END_TXN -> new EndTxnApi(node);
            case WRITE_TXN_MARKERS -> new WriteTxnMarkersApi(node);
            case TXN_OFFSET_COMMIT -> new TxnOffsetCommitApi(node);
            case DESCRIBE_CONFIGS -> new DescribeConfigsApi(node);
            case ALTER_CONFIGS -> new AlterConfigsApi(node);
            case ALTER_REPLICA_LOG_DIRS -> new AlterReplicaLogDirsApi(node);
            case DESCRIBE_LOG_DIRS -> new DescribeLogDirsApi(node);
            case CREATE_PARTITIONS -> new CreatePartitionsApi(node);
            case DELETE_GROUPS -> new DeleteGroupsApi(node);
            case ALTER_PARTITION_REASSIGNMENTS -> new AlterPartitionReassignmentsApi(node);
            case LIST_PARTITION_REASSIGNMENTS -> new ListPartitionReassignmentsApi();
            case OFFSET_DELETE -> new OffsetDeleteApi(node);
            case ELECT_LEADERS -> new ElectLeadersApi(node);
            case INCREMENTAL_ALTER_CONFIGS -> new IncrementalAlterConfigsApi(node);
            case DESCRIBE_QUORUM -> new DescribeQuorumApi(node);
            case UPDATE_FEATURES -> new UpdateFeaturesApi(node);
            case DESCRIBE_CLUSTER -> new DescribeClusterApi(node);
            case DESCRIBE_PRODUCERS -> new DescribeProducersApi(node);
            case CONSUMER_GROUP_HEARTBEAT -> new ConsumerGroupHeartbeatApi(node);
            case CONSUMER_GROUP_DESCRIBE -> new ConsumerGroupDescribeApi(node);
            case LIST_CONFIG_RESOURCES -> new ListConfigResourcesApi(node);
            case DESCRIBE_TRANSACTIONS -> new DescribeTransactionsApi(node);
            case LIST_TRANSACTIONS -> new ListTransactionsApi(node);
            case DESCRIBE_TOPIC_PARTITIONS -> new DescribeTopicPartitionsApi(node);
            default -> throw new IllegalArgumentException(key + " is not served");
        };
    }
}
