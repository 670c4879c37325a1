package io.headrace.compat.differential;

import static io.headrace.compat.differential.Requests.createTopics;
import static io.headrace.compat.differential.Requests.topic;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.message.DeleteGroupsRequestData;
import org.apache.kafka.common.message.DescribeGroupsRequestData;
import org.apache.kafka.common.message.FindCoordinatorRequestData;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocolCollection;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestPartition;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopic;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopicCollection;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopic;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupRequestData.SyncGroupRequestAssignment;
import org.apache.kafka.common.protocol.ApiKeys;

/** Classic groups of one member at a time, committed offsets, and what admin tools ask of both. */
final class GroupChapter implements Chapter {

    private static final int BATCHED_FETCH = 8;
    static final int TOPIC_IDS = 10;
    private static final int BATCHED_LEAVE = 3;
    private static final int BATCHED_FIND = 4;
    private static final int MEMBER_ID_REQUIRED = 4;
    private static final int SESSION_MS = 30_000;
    private static final String NOBODY = "";

    @Override
    public void ask(Interview interview) throws Exception {
        interview.ask("prepare", ApiKeys.CREATE_TOPICS, (_, _) -> createTopics(topic("grouped", 3, 1)));
        List<String> groups = new ArrayList<>(List.of("simple", "odd", "new", "unheard-of", "joined-never", "settled"));
        for (int version = 0; version <= interview.newest(ApiKeys.JOIN_GROUP); version++) {
            groups.add("joined-" + version);
        }
        interview.ready("the offsets topic", (_, v) -> find(v, 0, "simple"));
        // Each may lie in another partition, and Kafka loads them one after the other.
        for (String group : groups) {
            interview.ready(group, (w, v) -> fetch(w, v, group, "grouped", 0));
        }
        coordinators(interview);
        commits(interview);
        fetches(interview);
        joins(interview);
        memberLife(interview);
        staticMembers(interview);
        deletions(interview);
    }

    private static void coordinators(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.FIND_COORDINATOR;
        for (String group : new String[] {"simple", "", "ä b"}) {
            interview.askAtAllVersions("of group '" + group + "'", api, (_, v) -> find(v, 0, group));
        }
        for (int type : new int[] {3, -1}) {
            interview.askAtAllVersions("of type " + type, api, (_, v) -> find(v, type, "x"));
        }
        interview.ask("of several", api, (_, v) -> find(v, 0, "simple", "another", "simple"));
        interview.ask("of none", api, (_, v) -> find(v, 0));
    }

    private static FindCoordinatorRequestData find(short version, int type, String... keys) {
        FindCoordinatorRequestData request = new FindCoordinatorRequestData();
        if (version > 0) {
            request.setKeyType((byte) type);
        }
        return version < BATCHED_FIND ? request.setKey(keys[0]) : request.setCoordinatorKeys(List.of(keys));
    }

    private static void commits(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.OFFSET_COMMIT;
        interview.askAtAllVersions("simple", api, (w, v) -> commit(w, v, "simple", NOBODY, -1, 0, 5, "note"));
        interview.askAtAllVersions("with an epoch", api, (w, v) -> {
            OffsetCommitRequestData request = commit(w, v, "simple", NOBODY, -1, 1, 5, null);
            request.topics().getFirst().partitions().getFirst().setCommittedLeaderEpoch(3);
            return request;
        });
        for (long offset : new long[] {0, -1, -2, Long.MAX_VALUE}) {
            interview.ask("offset " + offset, api, (w, v) -> commit(w, v, "odd", NOBODY, -1, 0, offset, ""));
        }
        interview.ask("4,096 bytes of note", api, (w, v) -> commit(w, v, "odd", NOBODY, -1, 1, 5, "n".repeat(4_096)));
        interview.ask("4,097 bytes of note", api, (w, v) -> commit(w, v, "odd", NOBODY, -1, 2, 5, "n".repeat(4_097)));
        interview.askAtAllVersions("an unknown partition", api, (w, v) -> commit(w, v, "odd", NOBODY, -1, 9, 5, null));
        interview.askAtAllVersions("a negative partition", api, (w, v) -> commit(w, v, "odd", NOBODY, -1, -1, 5, null));
        interview.askAtAllVersions("an unknown topic", api, (w, v) -> {
            OffsetCommitRequestData request = commit(w, v, "odd", NOBODY, -1, 0, 5, null);
            name(request.topics().getFirst(), w, v, "nowhere");
            return request;
        });
        interview.askAtAllVersions("no group", api, (w, v) -> commit(w, v, "", NOBODY, -1, 0, 5, null));
        interview.askAtAllVersions("generation 3", api, (w, v) -> commit(w, v, "simple", NOBODY, 3, 0, 6, null));
        interview.askAtAllVersions("a stranger", api, (w, v) -> commit(w, v, "simple", "stranger", 3, 0, 6, null));
        interview.askAtAllVersions(
                "a stranger without group", api, (w, v) -> commit(w, v, "new", "stranger", 3, 0, 6, null));
        interview.askAtAllVersions("nothing", api, (_, _) -> new OffsetCommitRequestData().setGroupId("simple"));
    }

    private static OffsetCommitRequestData commit(
            Witness witness,
            short version,
            String group,
            String member,
            int generation,
            int partition,
            long offset,
            String note) {
        OffsetCommitRequestTopic topic = new OffsetCommitRequestTopic()
                .setPartitions(List.of(new OffsetCommitRequestPartition()
                        .setPartitionIndex(partition)
                        .setCommittedOffset(offset)
                        .setCommittedMetadata(note)));
        name(topic, witness, version, "grouped");
        return new OffsetCommitRequestData()
                .setGroupId(group)
                .setMemberId(member)
                .setGenerationIdOrMemberEpoch(generation)
                .setTopics(List.of(topic));
    }

    private static void name(OffsetCommitRequestTopic topic, Witness witness, short version, String name) {
        if (version < TOPIC_IDS) {
            topic.setName(name);
        } else {
            topic.setTopicId(witness.topicId(name));
        }
    }

    private static void fetches(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.OFFSET_FETCH;
        for (String group : new String[] {"simple", "odd", "unheard-of", ""}) {
            interview.askAtAllVersions("of '" + group + "'", api, (w, v) -> fetch(w, v, group, "grouped", 0, 1, 2));
            interview.askAtAllVersions("everything of '" + group + "'", api, (_, v) -> fetchAll(v, group));
        }
        interview.askAtAllVersions("an unknown topic", api, (w, v) -> fetch(w, v, "simple", "nowhere", 0));
        interview.askAtAllVersions("an unknown partition", api, (w, v) -> fetch(w, v, "simple", "grouped", 9, -1));
        interview.askAtAllVersions("one twice", api, (w, v) -> fetch(w, v, "simple", "grouped", 0, 0));
        interview.askAtAllVersions(
                "what is stable",
                api,
                (w, v) -> fetch(w, v, "simple", "grouped", 0).setRequireStable(true));
        interview.ask("of two groups", api, (w, v) -> {
            OffsetFetchRequestData request = fetch(w, v, "simple", "grouped", 0);
            request.groups().add(fetch(w, v, "odd", "grouped", 0, 1).groups().getFirst());
            return request;
        });
        interview.ask("of no group", api, (_, _) -> new OffsetFetchRequestData());
        interview.ask("as a stranger", api, (w, v) -> {
            OffsetFetchRequestData request = fetch(w, v, "simple", "grouped", 0);
            request.groups().getFirst().setMemberId("stranger").setMemberEpoch(3);
            return request;
        });
    }

    private static OffsetFetchRequestData fetch(
            Witness witness, short version, String group, String topic, Integer... partitions) {
        if (version < BATCHED_FETCH) {
            return new OffsetFetchRequestData()
                    .setGroupId(group)
                    .setTopics(new ArrayList<>(List.of(
                            new OffsetFetchRequestTopic().setName(topic).setPartitionIndexes(List.of(partitions)))));
        }
        OffsetFetchRequestTopics topics = new OffsetFetchRequestTopics().setPartitionIndexes(List.of(partitions));
        if (version < TOPIC_IDS) {
            topics.setName(topic);
        } else {
            topics.setTopicId(witness.topicId(topic));
        }
        return new OffsetFetchRequestData()
                .setGroups(new ArrayList<>(
                        List.of(new OffsetFetchRequestGroup().setGroupId(group).setTopics(List.of(topics)))));
    }

    private static OffsetFetchRequestData fetchAll(short version, String group) {
        return version < BATCHED_FETCH
                ? new OffsetFetchRequestData().setGroupId(group).setTopics(null)
                : new OffsetFetchRequestData()
                        .setGroups(List.of(
                                new OffsetFetchRequestGroup().setGroupId(group).setTopics(null)));
    }

    private static void joins(Interview interview) throws Exception {
        ApiKeys api = ApiKeys.JOIN_GROUP;
        interview.askAtAllVersions("no group", api, (_, v) -> join(v, "", NOBODY));
        interview.askAtAllVersions("a stranger", api, (_, v) -> join(v, "joined-never", "stranger"));
        interview.askAtAllVersions(
                "a session of a second",
                api,
                (_, v) -> join(v, "joined-never", NOBODY).setSessionTimeoutMs(1_000));
        interview.askAtAllVersions(
                "a session of an hour",
                api,
                (_, v) -> join(v, "joined-never", NOBODY).setSessionTimeoutMs(3_600_000));
        interview.askAtAllVersions(
                "no protocol",
                api,
                (_, v) -> join(v, "joined-never", NOBODY).setProtocols(new JoinGroupRequestProtocolCollection()));
        interview.askAtAllVersions(
                "no protocol type",
                api,
                (_, v) -> join(v, "joined-never", NOBODY).setProtocolType(""));
    }

    private static JoinGroupRequestData join(short version, String group, String member) {
        JoinGroupRequestProtocol protocol =
                new JoinGroupRequestProtocol().setName("range").setMetadata(new byte[] {0, 1, 2});
        JoinGroupRequestData request = new JoinGroupRequestData()
                .setGroupId(group)
                .setMemberId(member)
                .setSessionTimeoutMs(SESSION_MS)
                .setProtocolType("consumer")
                .setProtocols(
                        new JoinGroupRequestProtocolCollection(List.of(protocol).iterator()));
        return version == 0 ? request : request.setRebalanceTimeoutMs(SESSION_MS);
    }

    /** A member joins, is given everything, commits, heartbeats and leaves; with each step tried wrongly too. */
    private static void memberLife(Interview interview) throws Exception {
        for (short version = interview.oldest(ApiKeys.JOIN_GROUP);
                version <= interview.newest(ApiKeys.JOIN_GROUP);
                version++) {
            String group = "joined-" + version;
            String member = "member of " + group;
            interview.ask("first", version, (_, v) -> join(v, group, NOBODY));
            interview.noteText(member, JoinGroupResponseData.class, JoinGroupResponseData::memberId);
            if (version >= MEMBER_ID_REQUIRED) {
                interview.ask("with the id", version, (w, v) -> join(v, group, w.notedText(member)));
            }
            interview.askAtAllVersions(
                    "before the assignment", ApiKeys.HEARTBEAT, (w, _) -> heartbeat(group, w.notedText(member), 1));
            interview.ask("while it syncs", ApiKeys.DESCRIBE_GROUPS, (_, _) -> describe(group));
            interview.askAtAllVersions("of a stranger", ApiKeys.SYNC_GROUP, (_, _) -> sync(group, "stranger", 1));
            interview.askAtAllVersions(
                    "of another generation", ApiKeys.SYNC_GROUP, (w, _) -> sync(group, w.notedText(member), 7));
            interview.ask(
                    "of another protocol",
                    ApiKeys.SYNC_GROUP,
                    (w, _) -> sync(group, w.notedText(member), 1).setProtocolType("connect"));
            interview.askAtAllVersions(
                    "of the leader", ApiKeys.SYNC_GROUP, (w, _) -> sync(group, w.notedText(member), 1));
            interview.askAtAllVersions(
                    "in time", ApiKeys.HEARTBEAT, (w, _) -> heartbeat(group, w.notedText(member), 1));
            interview.askAtAllVersions(
                    "of another generation", ApiKeys.HEARTBEAT, (w, _) -> heartbeat(group, w.notedText(member), 2));
            interview.askAtAllVersions("of a stranger", ApiKeys.HEARTBEAT, (_, _) -> heartbeat(group, "stranger", 1));
            interview.askAtAllVersions(
                    "of a member",
                    ApiKeys.OFFSET_COMMIT,
                    (w, v) -> commit(w, v, group, w.notedText(member), 1, 0, 8, null));
            interview.askAtAllVersions(
                    "of a member, too late",
                    ApiKeys.OFFSET_COMMIT,
                    (w, v) -> commit(w, v, group, w.notedText(member), 0, 0, 9, null));
            interview.askAtAllVersions(
                    "of nobody", ApiKeys.OFFSET_COMMIT, (w, v) -> commit(w, v, group, NOBODY, -1, 0, 9, null));
            interview.askAtAllVersions("stable", ApiKeys.DESCRIBE_GROUPS, (_, _) -> describe(group, "unheard-of", ""));
            interview.ask("of a group with members", ApiKeys.DELETE_GROUPS, (_, _) -> deleteGroups(group));
            interview.ask(
                    "of a group with members", ApiKeys.OFFSET_DELETE, (_, _) -> deleteOffsets(group, "grouped", 0));
            interview.askAtAllVersions("of a stranger", ApiKeys.LEAVE_GROUP, (_, v) -> leave(v, group, "stranger"));
            interview.ask(
                    "of a member and a stranger",
                    ApiKeys.LEAVE_GROUP,
                    (w, v) -> leave(v, group, w.notedText(member), "stranger"));
            interview.askAtAllVersions("again", ApiKeys.LEAVE_GROUP, (w, v) -> leave(v, group, w.notedText(member)));
            interview.askAtAllVersions(
                    "of one that left", ApiKeys.HEARTBEAT, (w, _) -> heartbeat(group, w.notedText(member), 1));
            interview.askAtAllVersions("empty", ApiKeys.DESCRIBE_GROUPS, (_, _) -> describe(group));
        }
    }

    private static void staticMembers(Interview interview) throws Exception {
        String group = "settled";
        for (String member : new String[] {"first", "second"}) {
            interview.ask(
                    member + " of the instance",
                    ApiKeys.JOIN_GROUP,
                    (_, v) -> join(v, group, NOBODY).setGroupInstanceId("i"));
            interview.noteText(member, JoinGroupResponseData.class, JoinGroupResponseData::memberId);
            interview.ask(
                    member + " of the instance",
                    ApiKeys.SYNC_GROUP,
                    (w, _) -> sync(group, w.notedText(member), 1).setGroupInstanceId("i"));
            interview.ask(
                    member + " of the instance",
                    ApiKeys.HEARTBEAT,
                    (w, _) -> heartbeat(group, w.notedText(member), 1).setGroupInstanceId("i"));
        }
        interview.askAtAllVersions(
                "fenced",
                ApiKeys.HEARTBEAT,
                (w, _) -> heartbeat(group, w.notedText("first"), 1).setGroupInstanceId("i"));
        interview.askAtAllVersions(
                "fenced",
                ApiKeys.SYNC_GROUP,
                (w, _) -> sync(group, w.notedText("first"), 1).setGroupInstanceId("i"));
        interview.askAtAllVersions(
                "fenced",
                ApiKeys.OFFSET_COMMIT,
                (w, v) ->
                        commit(w, v, group, w.notedText("first"), 1, 0, 4, null).setGroupInstanceId("i"));
        interview.askAtAllVersions(
                "another instance",
                ApiKeys.HEARTBEAT,
                (w, _) -> heartbeat(group, w.notedText("second"), 1).setGroupInstanceId("j"));
        interview.ask(
                "fenced",
                ApiKeys.JOIN_GROUP,
                (w, v) -> join(v, group, w.notedText("first")).setGroupInstanceId("i"));
        interview.askAtAllVersions("with an instance", ApiKeys.DESCRIBE_GROUPS, (_, _) -> describe(group));
        interview.ask(
                "by its instance",
                ApiKeys.LEAVE_GROUP,
                (_, _) -> new LeaveGroupRequestData()
                        .setGroupId(group)
                        .setMembers(List.of(
                                new MemberIdentity().setGroupInstanceId("j"),
                                new MemberIdentity().setGroupInstanceId("i"))));
    }

    private static HeartbeatRequestData heartbeat(String group, String member, int generation) {
        return new HeartbeatRequestData().setGroupId(group).setMemberId(member).setGenerationId(generation);
    }

    private static SyncGroupRequestData sync(String group, String member, int generation) {
        return new SyncGroupRequestData()
                .setGroupId(group)
                .setMemberId(member)
                .setGenerationId(generation)
                .setProtocolType("consumer")
                .setProtocolName("range")
                .setAssignments(List.of(
                        new SyncGroupRequestAssignment().setMemberId(member).setAssignment(new byte[] {4, 5})));
    }

    private static LeaveGroupRequestData leave(short version, String group, String... members) {
        LeaveGroupRequestData request = new LeaveGroupRequestData().setGroupId(group);
        if (version < BATCHED_LEAVE) {
            return request.setMemberId(members[0]);
        }
        for (String member : members) {
            request.members().add(new MemberIdentity().setMemberId(member));
        }
        return request;
    }

    private static DescribeGroupsRequestData describe(String... groups) {
        return new DescribeGroupsRequestData().setGroups(List.of(groups));
    }

    private static void deletions(Interview interview) throws Exception {
        interview.askAtAllVersions("all", ApiKeys.LIST_GROUPS, (_, _) -> new ListGroupsRequestData());
        for (String state : new String[] {"Empty", "empty", "Stable", "NoSuchState"}) {
            interview.askAtAllVersions(
                    "in state " + state,
                    ApiKeys.LIST_GROUPS,
                    (_, _) -> new ListGroupsRequestData().setStatesFilter(List.of(state)));
        }
        for (String type : new String[] {"classic", "Consumer", "share", "nonsense"}) {
            interview.askAtAllVersions(
                    "of type " + type,
                    ApiKeys.LIST_GROUPS,
                    (_, _) -> new ListGroupsRequestData().setTypesFilter(List.of(type)));
        }
        ApiKeys api = ApiKeys.OFFSET_DELETE;
        interview.ask("two", api, (_, _) -> deleteOffsets("simple", "grouped", 0, 2));
        interview.ask("an unknown partition", api, (_, _) -> deleteOffsets("simple", "grouped", 9));
        interview.ask("an unknown topic", api, (_, _) -> deleteOffsets("simple", "nowhere", 0));
        interview.ask("an unknown group", api, (_, _) -> deleteOffsets("unheard-of", "grouped", 0));
        interview.ask("no group", api, (_, _) -> deleteOffsets("", "grouped", 0));
        interview.ask("what is left", ApiKeys.OFFSET_FETCH, (_, v) -> fetchAll(v, "simple"));
        interview.askAtAllVersions(
                "some", ApiKeys.DELETE_GROUPS, (_, v) -> deleteGroups("joined-" + v, "unheard-of", ""));
        interview.ask("one twice", ApiKeys.DELETE_GROUPS, (_, _) -> deleteGroups("odd", "odd"));
        interview.ask("none", ApiKeys.DELETE_GROUPS, (_, _) -> deleteGroups());
        interview.ask("in the end", ApiKeys.LIST_GROUPS, (_, _) -> new ListGroupsRequestData());
    }

    private static DeleteGroupsRequestData deleteGroups(String... groups) {
        return new DeleteGroupsRequestData().setGroupsNames(List.of(groups));
    }

    private static OffsetDeleteRequestData deleteOffsets(String group, String topic, int... partitions) {
        List<OffsetDeleteRequestPartition> named = new ArrayList<>();
        for (int partition : partitions) {
            named.add(new OffsetDeleteRequestPartition().setPartitionIndex(partition));
        }
        return new OffsetDeleteRequestData()
                .setGroupId(group)
                .setTopics(new OffsetDeleteRequestTopicCollection(
                        List.of(new OffsetDeleteRequestTopic().setName(topic).setPartitions(named))
                                .iterator()));
    }
}
