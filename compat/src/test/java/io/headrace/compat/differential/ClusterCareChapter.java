package io.headrace.compat.differential;

import static io.headrace.compat.differential.Requests.createTopics;
import static io.headrace.compat.differential.Requests.topic;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignablePartition;
import org.apache.kafka.common.message.AlterPartitionReassignmentsRequestData.ReassignableTopic;
import org.apache.kafka.common.message.AlterReplicaLogDirsRequestData;
import org.apache.kafka.common.message.AlterReplicaLogDirsRequestData.AlterReplicaLogDir;
import org.apache.kafka.common.message.AlterReplicaLogDirsRequestData.AlterReplicaLogDirCollection;
import org.apache.kafka.common.message.AlterReplicaLogDirsRequestData.AlterReplicaLogDirTopic;
import org.apache.kafka.common.message.AlterReplicaLogDirsRequestData.AlterReplicaLogDirTopicCollection;
import org.apache.kafka.common.message.DescribeQuorumRequestData;
import org.apache.kafka.common.message.ElectLeadersRequestData;
import org.apache.kafka.common.message.ElectLeadersRequestData.TopicPartitions;
import org.apache.kafka.common.message.ElectLeadersRequestData.TopicPartitionsCollection;
import org.apache.kafka.common.message.ListPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.ListPartitionReassignmentsRequestData.ListPartitionReassignmentsTopics;
import org.apache.kafka.common.message.UpdateFeaturesRequestData;
import org.apache.kafka.common.message.UpdateFeaturesRequestData.FeatureUpdateKey;
import org.apache.kafka.common.protocol.ApiKeys;

/** What is asked about leaders, replicas, directories, the quorum and features, on one node. */
final class ClusterCareChapter implements Chapter {

    private static final int PATIENCE_MS = 10_000;
    private static final int UPGRADE = 1;
    private static final int UNSAFE_DOWNGRADE = 3;
    private static final String CARED_FOR = "cared-for";
    private static final String METADATA = "__cluster_metadata";

    @Override
    public void ask(Interview interview) throws Exception {
        interview.ask("prepare", ApiKeys.CREATE_TOPICS, (_, _) -> createTopics(topic(CARED_FOR, 3, 1)));
        interview.settle();
        elections(interview);
        reassignments(interview);
        directories(interview);
        quorum(interview);
        features(interview);
    }

    private static void elections(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.ELECT_LEADERS;
        for (int type : new int[] {0, 1}) {
            interview.askAtAllVersions("type " + type, api, (_, _) -> elect(type, CARED_FOR, 0, 2));
            interview.askAtAllVersions("type " + type + ", no partition", api, (_, _) -> elect(type, CARED_FOR));
            interview.askAtAllVersions(
                    "type " + type + ", an unknown partition", api, (_, _) -> elect(type, CARED_FOR, 1, 9, -1));
            interview.askAtAllVersions("type " + type + ", an unknown topic", api, (_, _) -> elect(type, "nowhere", 0));
            interview.askAtAllVersions("type " + type + ", twice", api, (_, _) -> elect(type, CARED_FOR, 0, 0));
            interview.askAtAllVersions("type " + type + ", of none", api, (_, _) -> elect(type, null));
        }
        interview.askAtAllVersions("type 7", api, (_, _) -> elect(7, CARED_FOR, 0));
        interview.askAtAllVersions("all", api, (_, _) -> elect(0, null).setTopicPartitions(null));
    }

    private static ElectLeadersRequestData elect(int type, String topic, Integer... partitions) {
        TopicPartitionsCollection topics = new TopicPartitionsCollection();
        if (topic != null) {
            topics.add(new TopicPartitions().setTopic(topic).setPartitions(List.of(partitions)));
        }
        return new ElectLeadersRequestData()
                .setElectionType((byte) type)
                .setTimeoutMs(PATIENCE_MS)
                .setTopicPartitions(topics);
    }

    private static void reassignments(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.ALTER_PARTITION_REASSIGNMENTS;
        interview.askAtAllVersions("to where it is", api, (_, _) -> reassign(CARED_FOR, 0, List.of(1)));
        interview.askAtAllVersions("ended", api, (_, _) -> reassign(CARED_FOR, 0, null));
        interview.askAtAllVersions("to nobody", api, (_, _) -> reassign(CARED_FOR, 0, List.of()));
        interview.askAtAllVersions("to a stranger", api, (_, _) -> reassign(CARED_FOR, 0, List.of(7)));
        interview.askAtAllVersions("to -1", api, (_, _) -> reassign(CARED_FOR, 0, List.of(-1)));
        interview.askAtAllVersions("to one twice", api, (_, _) -> reassign(CARED_FOR, 0, List.of(1, 1)));
        interview.askAtAllVersions("to a stranger too", api, (_, _) -> reassign(CARED_FOR, 0, List.of(1, 7)));
        interview.askAtAllVersions(
                "to nobody, with no other number",
                api,
                (_, _) -> reassign(CARED_FOR, 0, List.of()).setAllowReplicationFactorChange(false));
        interview.askAtAllVersions(
                "to a stranger too, with no other number",
                api,
                (_, _) -> reassign(CARED_FOR, 0, List.of(1, 7)).setAllowReplicationFactorChange(false));
        interview.askAtAllVersions("an unknown partition", api, (_, _) -> reassign(CARED_FOR, 9, List.of(1)));
        interview.askAtAllVersions("an unknown topic", api, (_, _) -> reassign("nowhere", 0, List.of(1)));
        interview.askAtAllVersions("an unknown topic, ended", api, (_, _) -> reassign("nowhere", 0, null));
        interview.askAtAllVersions(
                "nothing", api, (_, _) -> new AlterPartitionReassignmentsRequestData().setTimeoutMs(PATIENCE_MS));

        ApiKeys list = ApiKeys.LIST_PARTITION_REASSIGNMENTS;
        interview.ask("all", list, (_, _) -> new ListPartitionReassignmentsRequestData().setTopics(null));
        interview.ask("of none", list, (_, _) -> new ListPartitionReassignmentsRequestData().setTopics(List.of()));
        for (String topic : new String[] {CARED_FOR, "nowhere"}) {
            interview.ask(
                    "of " + topic,
                    list,
                    (_, _) -> new ListPartitionReassignmentsRequestData()
                            .setTopics(List.of(new ListPartitionReassignmentsTopics()
                                    .setName(topic)
                                    .setPartitionIndexes(List.of(0, 9)))));
        }
    }

    private static AlterPartitionReassignmentsRequestData reassign(String topic, int partition, List<Integer> brokers) {
        return new AlterPartitionReassignmentsRequestData()
                .setTimeoutMs(PATIENCE_MS)
                .setTopics(List.of(new ReassignableTopic()
                        .setName(topic)
                        .setPartitions(List.of(new ReassignablePartition()
                                .setPartitionIndex(partition)
                                .setReplicas(brokers)))));
    }

    private static void directories(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.ALTER_REPLICA_LOG_DIRS;
        interview.askAtAllVersions("where it is", api, (w, _) -> move(w.dataDirectory(), CARED_FOR, 0, 2));
        interview.askAtAllVersions("an unknown partition", api, (w, _) -> move(w.dataDirectory(), CARED_FOR, 9, -1));
        interview.askAtAllVersions("an unknown topic", api, (w, _) -> move(w.dataDirectory(), "nowhere", 0));
        interview.askAtAllVersions("a bad name", api, (w, _) -> move(w.dataDirectory(), "a b", 0));
        interview.askAtAllVersions("another place", api, (_, _) -> move("/elsewhere", CARED_FOR, 0));
        interview.askAtAllVersions("no place", api, (_, _) -> move("", CARED_FOR, 0));
        interview.askAtAllVersions("an unknown topic, another place", api, (_, _) -> move("/elsewhere", "nowhere", 0));
        interview.askAtAllVersions("no partition", api, (w, _) -> move(w.dataDirectory(), CARED_FOR));
        interview.askAtAllVersions("nothing", api, (_, _) -> new AlterReplicaLogDirsRequestData());
    }

    private static AlterReplicaLogDirsRequestData move(String to, String topic, Integer... partitions) {
        AlterReplicaLogDirTopic moved =
                new AlterReplicaLogDirTopic().setName(topic).setPartitions(List.of(partitions));
        AlterReplicaLogDir directory = new AlterReplicaLogDir()
                .setPath(to)
                .setTopics(new AlterReplicaLogDirTopicCollection(List.of(moved).iterator()));
        return new AlterReplicaLogDirsRequestData()
                .setDirs(new AlterReplicaLogDirCollection(List.of(directory).iterator()));
    }

    private static void quorum(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.DESCRIBE_QUORUM;
        interview.askAtAllVersions("of the metadata", api, (_, _) -> quorum(METADATA, 0));
        interview.askAtAllVersions("of another partition", api, (_, _) -> quorum(METADATA, 1));
        interview.askAtAllVersions("of two partitions", api, (_, _) -> quorum(METADATA, 0, 1));
        interview.askAtAllVersions("of another topic", api, (_, _) -> quorum(CARED_FOR, 0));
        interview.askAtAllVersions("of no partition", api, (_, _) -> quorum(METADATA));
        interview.askAtAllVersions("of nothing", api, (_, _) -> new DescribeQuorumRequestData());
    }

    private static DescribeQuorumRequestData quorum(String topic, int... partitions) {
        List<DescribeQuorumRequestData.PartitionData> described = new ArrayList<>();
        for (int partition : partitions) {
            described.add(new DescribeQuorumRequestData.PartitionData().setPartitionIndex(partition));
        }
        return new DescribeQuorumRequestData()
                .setTopics(List.of(new DescribeQuorumRequestData.TopicData()
                        .setTopicName(topic)
                        .setPartitions(described)));
    }

    private static void features(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.UPDATE_FEATURES;
        interview.askAtAllVersions("as it is", api, (_, v) -> feature(v, "group.version", 1, UPGRADE));
        interview.askAtAllVersions("metadata as it is", api, (_, v) -> feature(v, "metadata.version", 33, UPGRADE));
        interview.askAtAllVersions("too high", api, (_, v) -> feature(v, "group.version", 99, UPGRADE));
        interview.askAtAllVersions("metadata too high", api, (_, v) -> feature(v, "metadata.version", 99, UPGRADE));
        interview.askAtAllVersions("lower as an upgrade", api, (_, v) -> feature(v, "transaction.version", 1, UPGRADE));
        interview.askAtAllVersions(
                "higher as a downgrade", api, (_, v) -> feature(v, "group.version", 2, UNSAFE_DOWNGRADE));
        interview.askAtAllVersions("negative", api, (_, v) -> feature(v, "group.version", -1, UPGRADE));
        interview.askAtAllVersions("unknown", api, (_, v) -> feature(v, "no.such.version", 1, UPGRADE));
        interview.askAtAllVersions("unknown, to 0", api, (_, v) -> feature(v, "no.such.version", 0, UNSAFE_DOWNGRADE));
        interview.askAtAllVersions("nothing", api, (_, _) -> new UpdateFeaturesRequestData());
        for (int version = 1; version <= interview.newest(api); version++) {
            interview.ask("type 7", version, (_, v) -> feature(v, "group.version", 1, 7));
            interview.ask("no type", version, (_, v) -> feature(v, "group.version", 1, 0));
            interview.ask(
                    "validated only",
                    version,
                    (_, v) -> feature(v, "group.version", 1, UPGRADE).setValidateOnly(true));
        }
    }

    /** Version 0 knows of upgrades and downgrades only. */
    private static UpdateFeaturesRequestData feature(short version, String name, int level, int type) {
        FeatureUpdateKey update = new FeatureUpdateKey().setFeature(name).setMaxVersionLevel((short) level);
        if (version == 0) {
            update.setAllowDowngrade(type != UPGRADE);
        } else {
            update.setUpgradeType((byte) type);
        }
        UpdateFeaturesRequestData request = new UpdateFeaturesRequestData();
        request.featureUpdates().add(update);
        return request;
    }
}
