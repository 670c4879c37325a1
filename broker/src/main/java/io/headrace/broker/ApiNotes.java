package io.headrace.broker;

import io.headrace.wire.ApiKey;

/**
 * What users should know about each API: of one that is served, what is left out or other than in Apache Kafka, or that
 * nothing is; of one that is not, why. {@code docs/protocol.md} is made from this and the {@link ApiTable}.
 */
final class ApiNotes {

    private static final String ALL = "Nothing is left out.";
    private static final String NO_AUTHORIZER = "There is no authorization.";
    private static final String NO_SASL = "There is no authentication.";
    private static final String NO_TOKENS = "There are no delegation tokens.";
    private static final String NO_QUOTAS = "There are no quotas.";
    private static final String NO_OTHER_CONTROLLERS =
            "Spoken between controllers; the one node decides about its metadata alone.";
    private static final String NO_OTHER_BROKERS =
            "Spoken between brokers and controllers; the one node is both, and asks itself.";
    private static final String NO_VOTERS = "The set of voters is this node, and cannot be changed.";
    private static final String NO_SHARE_GROUPS = "There are no share groups.";
    private static final String NO_STREAMS_GROUPS = "There are no streams groups.";
    private static final String NO_TELEMETRY = "Clients' metrics are not collected.";

    private ApiNotes() {}

    static String on(ApiKey api) {
        return switch (api) {
            case PRODUCE ->
                "A batch with bytes behind it, or with offsets that do not count up from its base offset, is refused.";
            case FETCH -> "No followers: a replica id is taken for a client. No tiered storage.";
            case LIST_OFFSETS ->
                "No tiered storage, so that the local log is all of it. The record with the greatest timestamp is looked"
                        + " for among those that have not been deleted.";
            case METADATA,
                    HEARTBEAT,
                    LEAVE_GROUP,
                    SYNC_GROUP,
                    OFFSET_FETCH,
                    DESCRIBE_GROUPS,
                    INIT_PRODUCER_ID,
                    ADD_OFFSETS_TO_TXN,
                    END_TXN,
                    DESCRIBE_PRODUCERS,
                    DESCRIBE_TRANSACTIONS,
                    LIST_TRANSACTIONS,
                    TXN_OFFSET_COMMIT,
                    OFFSET_COMMIT,
                    JOIN_GROUP,
                    DELETE_GROUPS,
                    OFFSET_DELETE,
                    ADD_PARTITIONS_TO_TXN,
                    WRITE_TXN_MARKERS,
                    DELETE_TOPICS,
                    CONSUMER_GROUP_HEARTBEAT,
                    CONSUMER_GROUP_DESCRIBE,
                    CREATE_PARTITIONS -> ALL;
            case FIND_COORDINATOR -> "No coordinators of share groups.";
            case LIST_GROUPS -> "No share and no streams groups.";
            case API_VERSIONS ->
                "Each feature has one level; those that stand for APIs that are not there, or for replication, are not"
                        + " announced.";
            case CREATE_TOPICS -> "A configuration key that is not honoured is refused instead of kept.";
            case DELETE_RECORDS -> "A partition that is named twice is answered twice.";
            case OFFSET_FOR_LEADER_EPOCH -> "A negative epoch stands for none.";
            case DESCRIBE_CONFIGS -> "No loggers of a broker and no subscriptions to clients' metrics.";
            case ALTER_CONFIGS, INCREMENTAL_ALTER_CONFIGS ->
                "Topics, brokers and groups. A key that is not honoured, or that a running broker cannot change, is refused"
                        + " instead of kept.";
            case ALTER_REPLICA_LOG_DIRS ->
                "There is one log directory: a replica can be told to lie there, which it does, and nowhere else.";
            case DESCRIBE_LOG_DIRS -> "There is one log directory. A partition that was never used has size 0.";
            case ELECT_LEADERS -> "The one node leads every partition: an election is not needed.";
            case ALTER_PARTITION_REASSIGNMENTS ->
                "A partition can be assigned to the one node, where it is already; there is nothing to cancel.";
            case LIST_PARTITION_REASSIGNMENTS -> "None is ever under way.";
            case DESCRIBE_QUORUM ->
                "The one node is the leader and the only voter. Its listener is the one that the client came through.";
            case UPDATE_FEATURES -> "A feature can be set to the level that it has.";
            case DESCRIBE_CLUSTER -> "Controllers have no endpoint of their own.";
            case LIST_CONFIG_RESOURCES -> "No subscriptions to clients' metrics.";
            case DESCRIBE_TOPIC_PARTITIONS -> "The lists of eligible leader replicas are empty.";

            case SASL_HANDSHAKE, SASL_AUTHENTICATE -> NO_SASL;
            case DESCRIBE_USER_SCRAM_CREDENTIALS, ALTER_USER_SCRAM_CREDENTIALS -> NO_SASL;
            case DESCRIBE_ACLS, CREATE_ACLS, DELETE_ACLS -> NO_AUTHORIZER;
            case CREATE_DELEGATION_TOKEN, RENEW_DELEGATION_TOKEN, EXPIRE_DELEGATION_TOKEN, DESCRIBE_DELEGATION_TOKEN ->
                NO_TOKENS;
            case DESCRIBE_CLIENT_QUOTAS, ALTER_CLIENT_QUOTAS -> NO_QUOTAS;
            case VOTE, BEGIN_QUORUM_EPOCH, END_QUORUM_EPOCH, FETCH_SNAPSHOT, CONTROLLER_REGISTRATION ->
                NO_OTHER_CONTROLLERS;
            case ADD_RAFT_VOTER, REMOVE_RAFT_VOTER, UPDATE_RAFT_VOTER -> NO_VOTERS;
            case ALTER_PARTITION,
                    ENVELOPE,
                    BROKER_REGISTRATION,
                    BROKER_HEARTBEAT,
                    ALLOCATE_PRODUCER_IDS,
                    ASSIGN_REPLICAS_TO_DIRS -> NO_OTHER_BROKERS;
            case UNREGISTER_BROKER, UNREGISTER_CONTROLLER -> "There is one node, which cannot do without itself.";
            case GET_TELEMETRY_SUBSCRIPTIONS, PUSH_TELEMETRY -> NO_TELEMETRY;
            case SHARE_GROUP_HEARTBEAT,
                    SHARE_GROUP_DESCRIBE,
                    SHARE_FETCH,
                    SHARE_ACKNOWLEDGE,
                    INITIALIZE_SHARE_GROUP_STATE,
                    READ_SHARE_GROUP_STATE,
                    WRITE_SHARE_GROUP_STATE,
                    DELETE_SHARE_GROUP_STATE,
                    READ_SHARE_GROUP_STATE_SUMMARY,
                    DESCRIBE_SHARE_GROUP_OFFSETS,
                    ALTER_SHARE_GROUP_OFFSETS,
                    DELETE_SHARE_GROUP_OFFSETS -> NO_SHARE_GROUPS;
            case STREAMS_GROUP_HEARTBEAT, STREAMS_GROUP_DESCRIBE, STREAMS_GROUP_TOPOLOGY_DESCRIPTION_UPDATE ->
                NO_STREAMS_GROUPS;
        };
    }
}
