package io.headrace.compat.differential;

import static io.headrace.compat.differential.Requests.createTopics;
import static io.headrace.compat.differential.Requests.deleteTopics;
import static io.headrace.compat.differential.Requests.grow;
import static io.headrace.compat.differential.Requests.grown;
import static io.headrace.compat.differential.Requests.placedTopic;
import static io.headrace.compat.differential.Requests.topic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableReplicaAssignment;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DeleteTopicsRequestData.DeleteTopicState;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.protocol.ApiKeys;

/** CreateTopics, CreatePartitions and DeleteTopics: what is sound, and every way to get it wrong. */
final class TopicChapter implements Chapter {

    @Override
    public void ask(Interview interview) throws Exception {
        creations(interview);
        configs(interview);
        growth(interview);
        deletions(interview);
        interview.ask("in the end", ApiKeys.METADATA, (_, _) -> new MetadataRequestData().setTopics(null));
    }

    private static void creations(Interview interview) throws Exception {
        Map<String, CreatableTopic> topics = new LinkedHashMap<>();
        topics.put("sound", topic("sound", 2, 1));
        topics.put("exists", topic("sound", 2, 1));
        topics.put("defaults", topic("defaults", -1, -1));
        topics.put("no partitions", topic("none", 0, 1));
        topics.put("fewer than no partitions", topic("fewer", -2, 1));
        topics.put("more than any partitions", topic("more", 10_001, 1));
        topics.put("two billion partitions", topic("most", Integer.MAX_VALUE, 1));
        topics.put("no replicas", topic("none", 1, 0));
        topics.put("fewer than no replicas", topic("fewer", 1, -2));
        topics.put("more replicas than brokers", topic("more", 1, 2));
        topics.put("no name", topic("", 1, 1));
        topics.put("name is a dot", topic(".", 1, 1));
        topics.put("name is two dots", topic("..", 1, 1));
        topics.put("name has a space", topic("a b", 1, 1));
        topics.put("name has a slash", topic("a/b", 1, 1));
        topics.put("name is not ASCII", topic("ä", 1, 1));
        topics.put("name is longest", topic("l".repeat(249), 1, 1));
        topics.put("name is too long", topic("l".repeat(250), 1, 1));
        topics.put("name of many kinds", topic("AZaz09._-", 1, 1));
        topics.put("name with a dot", topic("col.lide", 1, 1));
        topics.put("name collides", topic("col_lide", 1, 1));
        topics.put("internal", topic("__cluster_metadata", 1, 1));
        topics.put("like an internal one", topic("__mine", 1, 1));
        topics.put("placed", placedTopic("placed", List.of(List.of(1), List.of(1))));
        topics.put("placed nowhere", placedTopic("misplaced", List.of(List.of())));
        topics.put("placed on an unknown broker", placedTopic("misplaced", List.of(List.of(9))));
        topics.put("placed on a negative broker", placedTopic("misplaced", List.of(List.of(-1))));
        topics.put("placed twice on a broker", placedTopic("misplaced", List.of(List.of(1, 1))));
        topics.put("placed unevenly", placedTopic("misplaced", List.of(List.of(1), List.of(1, 2))));
        topics.put(
                "placed and counted",
                placedTopic("misplaced", List.of(List.of(1))).setNumPartitions(1));
        topics.put(
                "placed and replicated",
                placedTopic("misplaced", List.of(List.of(1))).setReplicationFactor((short) 1));
        CreatableTopic gap = placedTopic("misplaced", List.of(List.of(1)));
        gap.assignments()
                .add(new CreatableReplicaAssignment().setPartitionIndex(2).setBrokerIds(List.of(1)));
        topics.put("placed with a gap", gap);
        CreatableTopic late = placedTopic("misplaced", List.of());
        late.assignments()
                .add(new CreatableReplicaAssignment().setPartitionIndex(1).setBrokerIds(List.of(1)));
        topics.put("placed from 1", late);
        for (Map.Entry<String, CreatableTopic> entry : topics.entrySet()) {
            interview.ask(
                    entry.getKey() + ", validated",
                    ApiKeys.CREATE_TOPICS,
                    (_, _) -> createTopics(entry.getValue().duplicate()).setValidateOnly(true));
            interview.ask(
                    entry.getKey(),
                    ApiKeys.CREATE_TOPICS,
                    (_, _) -> createTopics(entry.getValue().duplicate()));
        }
        interview.askAtAllVersions(
                "new",
                ApiKeys.CREATE_TOPICS,
                (_, v) -> createTopics(topic("new-" + v, 2, 1), topic("bad new " + v, 1, 1), topic("sound", 1, 1)));
        interview.askAtAllVersions(
                "new by default", ApiKeys.CREATE_TOPICS, (_, v) -> createTopics(topic("new-by-default-" + v, -1, -1)));
        interview.askAtAllVersions(
                "validated",
                ApiKeys.CREATE_TOPICS,
                (_, v) -> createTopics(topic("not-" + v, 1, 1)).setValidateOnly(true));
        interview.askAtAllVersions(
                "placed",
                ApiKeys.CREATE_TOPICS,
                (_, v) -> createTopics(placedTopic("placed-" + v, List.of(List.of(1)))));
        interview.askAtAllVersions(
                "configured",
                ApiKeys.CREATE_TOPICS,
                (_, v) -> createTopics(
                        topic("configured-" + v, Map.of("retention.ms", "77", "cleanup.policy", "delete"))));
        interview.ask("nothing", ApiKeys.CREATE_TOPICS, (_, _) -> createTopics());
        interview.ask("twice", ApiKeys.CREATE_TOPICS, (_, _) -> createTopics(topic("t", 1, 1), topic("t", 2, 1)));
        interview.ask(
                "twice, among others",
                ApiKeys.CREATE_TOPICS,
                (_, _) -> createTopics(topic("twin", 1, 1), topic("twin", 1, 1), topic("among-others", 1, 1)));
        interview.ask(
                "two that collide with each other",
                ApiKeys.CREATE_TOPICS,
                (_, _) -> createTopics(topic("each.other", 1, 1), topic("each_other", 1, 1)));
    }

    private static void configs(Interview interview) throws Exception {
        String[][] configs = {
            {"retention.ms", "-1"},
            {"retention.ms", "-2"},
            {"retention.ms", "soon"},
            {"retention.ms", ""},
            {"retention.ms", " 5 "},
            {"retention.ms", "9223372036854775808"},
            {"retention.bytes", "-2"},
            {"segment.bytes", "1048576"},
            {"segment.bytes", "1048575"},
            {"segment.bytes", "2147483648"},
            {"segment.ms", "0"},
            {"segment.ms", "1"},
            {"segment.index.bytes", "3"},
            {"segment.index.bytes", "4"},
            {"segment.jitter.ms", "-1"},
            {"flush.messages", "0"},
            {"flush.messages", "1"},
            {"flush.ms", "-1"},
            {"max.message.bytes", "-1"},
            {"max.message.bytes", "0"},
            {"max.decompressed.message.bytes", "0"},
            {"max.decompressed.message.bytes", "100"},
            {"index.interval.bytes", "-1"},
            {"file.delete.delay.ms", "-1"},
            {"delete.retention.ms", "-1"},
            {"min.compaction.lag.ms", "-1"},
            {"max.compaction.lag.ms", "0"},
            {"min.cleanable.dirty.ratio", "1.1"},
            {"min.cleanable.dirty.ratio", "0.3"},
            {"cleanup.policy", ""},
            {"cleanup.policy", "delete"},
            {"cleanup.policy", "delete,delete"},
            {"cleanup.policy", "DELETE"},
            {"cleanup.policy", "shred"},
            {"unclean.leader.election.enable", "yes"},
            {"unclean.leader.election.enable", "TRUE"},
            {"min.insync.replicas", "0"},
            {"min.insync.replicas", "2"},
            {"compression.type", "gzip"},
            {"compression.type", "GZIP"},
            {"compression.type", "rar"},
            {"compression.gzip.level", "10"},
            {"compression.gzip.level", "-1"},
            {"compression.gzip.level", "0"},
            {"compression.lz4.level", "18"},
            {"compression.lz4.level", "0"},
            {"compression.zstd.level", "23"},
            {"compression.zstd.level", "-131073"},
            {"preallocate", "maybe"},
            {"message.timestamp.type", "LogAppendTime"},
            {"message.timestamp.type", "Never"},
            {"message.timestamp.before.max.ms", "-1"},
            {"message.timestamp.after.max.ms", "-1"},
            {"message.format.version", "3.0"},
            {"message.downconversion.enable", "true"},
            {"leader.replication.throttled.replicas", "*"},
            {"leader.replication.throttled.replicas", "0:1,1:1"},
            {"leader.replication.throttled.replicas", "all"},
            {"follower.replication.throttled.replicas", "1"},
            {"remote.storage.enable", "true"},
            {"remote.storage.enable", "false"},
            {"remote.log.copy.disable", "true"},
            {"remote.log.delete.on.disable", "true"},
            {"local.retention.ms", "-3"},
            {"local.retention.ms", "1000"},
            {"local.retention.bytes", "-3"},
            {"errors.deadletterqueue.group.enable", "true"},
            {"no.such.key", "1"},
            {"", "1"},
            {"Retention.ms", "1"},
            {"log.retention.ms", "1"},
        };
        for (int i = 0; i < configs.length; i++) {
            String[] config = configs[i];
            String name = "with-config-" + i;
            interview.ask(
                    config[0] + "=" + config[1],
                    ApiKeys.CREATE_TOPICS,
                    (_, _) -> createTopics(topic(name, Map.of(config[0], config[1]))));
        }
        Map<String, String> withNull = new LinkedHashMap<>();
        withNull.put("retention.ms", null);
        interview.ask("a null config", ApiKeys.CREATE_TOPICS, (_, _) -> createTopics(topic("with-null", withNull)));
        interview.ask(
                "contradicting retention",
                ApiKeys.CREATE_TOPICS,
                (_, _) ->
                        createTopics(topic("contradicting", Map.of("local.retention.ms", "10", "retention.ms", "5"))));
        interview.ask(
                "contradicting lag",
                ApiKeys.CREATE_TOPICS,
                (_, _) -> createTopics(topic(
                        "contradicting-lag", Map.of("min.compaction.lag.ms", "10", "max.compaction.lag.ms", "5"))));
        interview.ask(
                "two bad configs",
                ApiKeys.CREATE_TOPICS,
                (_, _) -> createTopics(topic("doubly", Map.of("no.such.key", "10", "retention.ms", "x"))));
    }

    private static void growth(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.CREATE_PARTITIONS;
        interview.ask(
                "prepare", ApiKeys.CREATE_TOPICS, (_, _) -> createTopics(topic("small", 2, 1), topic("tiny", 1, 1)));
        interview.askAtAllVersions("one more", api, (_, v) -> grow(grown("small", 3 + v, null)));
        interview.askAtAllVersions(
                "validated", api, (_, v) -> grow(grown("small", 30 + v, null)).setValidateOnly(true));
        interview.ask("as many", api, (_, _) -> grow(grown("tiny", 1, null)));
        interview.ask("fewer", api, (_, _) -> grow(grown("small", 1, null)));
        interview.ask("none", api, (_, _) -> grow(grown("tiny", 0, null)));
        interview.ask("negative", api, (_, _) -> grow(grown("tiny", -1, null)));
        interview.ask("10,001 more", api, (_, _) -> grow(grown("tiny", 10_002, null)));
        interview.ask("two billion", api, (_, _) -> grow(grown("tiny", Integer.MAX_VALUE, null)));
        interview.ask("of no topic", api, (_, _) -> grow(grown("unknown", 2, null)));
        interview.ask("of a topic with a bad name", api, (_, _) -> grow(grown("a b", 2, null)));
        interview.ask("of a topic without a name", api, (_, _) -> grow(grown("", 2, null)));
        interview.ask("nothing", api, (_, _) -> grow());
        interview.ask("twice", api, (_, _) -> grow(grown("tiny", 2, null), grown("tiny", 3, null)));
        interview.ask(
                "mixed",
                api,
                (_, _) -> grow(grown("tiny", 2, null), grown("unknown", 3, null), grown("small", 1, null)));
        interview.ask("placed", api, (_, _) -> grow(grown("tiny", 4, List.of(List.of(1), List.of(1)))));
        interview.ask("placed too few", api, (_, _) -> grow(grown("tiny", 6, List.of(List.of(1)))));
        interview.ask("placed too many", api, (_, _) -> grow(grown("tiny", 5, List.of(List.of(1), List.of(1)))));
        interview.ask("placed, none", api, (_, _) -> grow(grown("tiny", 5, List.of())));
        interview.ask("placed nowhere", api, (_, _) -> grow(grown("tiny", 5, List.of(List.of()))));
        interview.ask("placed on an unknown broker", api, (_, _) -> grow(grown("tiny", 5, List.of(List.of(9)))));
        interview.ask("placed on a negative broker", api, (_, _) -> grow(grown("tiny", 5, List.of(List.of(-1)))));
        interview.ask("placed twice", api, (_, _) -> grow(grown("tiny", 5, List.of(List.of(1, 1)))));
        interview.ask("placed on two", api, (_, _) -> grow(grown("tiny", 5, List.of(List.of(1, 2)))));
    }

    private static void deletions(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.DELETE_TOPICS;
        for (short version = interview.oldest(api); version <= interview.newest(api); version++) {
            String name = "doomed-" + version;
            interview.ask("prepare", ApiKeys.CREATE_TOPICS, (_, _) -> createTopics(topic(name, 2, 1)));
            interview.ask("deleted", version, (_, v) -> deleteTopics(v, name, "unknown", "a b", ""));
            interview.ask("deleted again", version, (_, v) -> deleteTopics(v, name));
            interview.ask("twice", version, (_, v) -> deleteTopics(v, "sound", "sound"));
            interview.ask("nothing", version, (_, v) -> deleteTopics(v));
        }
        interview.ask(
                "prepare", ApiKeys.CREATE_TOPICS, (_, _) -> createTopics(topic("by-id", 1, 1), topic("by-name", 1, 1)));
        interview.ask("by an unknown id", api, (_, _) -> byId(new Uuid(4, 5), null));
        interview.ask("by neither id nor name", api, (_, _) -> byId(Uuid.ZERO_UUID, null));
        interview.ask("by id and name", api, (w, _) -> byId(w.topicId("by-id"), "by-id"));
        interview.ask("by id, twice", api, (w, _) -> {
            DeleteTopicsRequestData request = byId(w.topicId("by-id"), null);
            request.topics()
                    .add(new DeleteTopicState().setTopicId(w.topicId("by-id")).setName(null));
            return request;
        });
        interview.ask("by id and by name, the same", api, (w, _) -> {
            DeleteTopicsRequestData request = byId(w.topicId("by-id"), null);
            request.topics().add(new DeleteTopicState().setName("by-id"));
            return request;
        });
        interview.ask("by id", api, (w, _) -> byId(w.topicId("by-id"), null));
        interview.ask("by id, once more", api, (w, _) -> byId(w.topicId("by-id"), null));
        interview.ask("made again", ApiKeys.CREATE_TOPICS, (_, _) -> createTopics(topic("doomed-1", 1, 1)));
    }

    private static DeleteTopicsRequestData byId(Uuid id, String name) {
        DeleteTopicsRequestData request = new DeleteTopicsRequestData().setTimeoutMs(10_000);
        request.topics().add(new DeleteTopicState().setTopicId(id).setName(name));
        return request;
    }
}
