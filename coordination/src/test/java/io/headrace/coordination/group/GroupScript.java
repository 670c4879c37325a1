package io.headrace.coordination.group;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.headrace.coordination.TopicView;
import io.headrace.coordination.Transcript;
import io.headrace.coordination.Transcript.Rule;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.DeleteGroupsRequestData;
import org.apache.kafka.common.message.DeleteGroupsResponseData;
import org.apache.kafka.common.message.DescribeGroupsRequestData;
import org.apache.kafka.common.message.DescribeGroupsResponseData;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.JoinGroupResponseData.JoinGroupResponseMember;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.LeaveGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupResponseData.MemberResponse;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.ListGroupsResponseData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestPartition;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopic;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopicCollection;
import org.apache.kafka.common.message.OffsetDeleteResponseData;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponsePartitions;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupRequestData.SyncGroupRequestAssignment;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestPartition;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestTopic;
import org.apache.kafka.common.message.TxnOffsetCommitResponseData;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * Plays a conversation with a group coordinator and writes down what was answered: lines that begin with {@code >} are what
 * happens, the lines below one are the answers that it released, as "to whom: what". The group is called g. There are the
 * topics t and u, with two partitions each.
 *
 * <p>Members and what they can do: {@code a joins}, {@code a syncs a=0 b=1} (what the leader assigns), {@code a heartbeats}, {@code a waits for news} (a heartbeat of a patient client),
 * {@code a leaves}, {@code a commits t-0=5}. Behind "with", before the first of it, what the client is like: {@code a joins
 * with instance i, protocols range roundrobin, topics t u, session 6000, rebalance 60000, version 3}.
 */
final class GroupScript {

    private final Map<String, TestMember> members = new LinkedHashMap<>();
    private final Transcript transcript = new Transcript();
    private final TestHost host;

    private GroupScript(GroupSettings settings) {
        host = new TestHost(settings, 1, transcript::answered);
        host.topics.create("t", 2);
        host.topics.create("u", 2);
    }

    static void check(String transcript) {
        check(GroupSettings.defaults(), transcript);
    }

    static void check(GroupSettings settings, String transcript) {
        GroupScript script = new GroupScript(settings);
        script.transcript.check(transcript, RULES, script, script.host::flush);
    }

    private void ask(ApiMessage request, int version, Function<ApiMessage, String> reader) {
        ask("client", request, version, reader);
    }

    private void ask(String clientId, ApiMessage request, int version, Function<ApiMessage, String> reader) {
        ask(new RequestContext((short) version, clientId, "/127.0.0.1", false), request, reader);
    }

    private void ask(RequestContext context, ApiMessage request, Function<ApiMessage, String> reader) {
        long ticket = host.ask(request, context);
        transcript.expect(ticket, reader);
    }

    // ---- what can happen

    private static final List<Rule<GroupScript>> RULES = List.of(
            Rule.of(
                    "(\\w+) joins(?: with (.*))?",
                    (script, command) -> script.join(command.group(1), command.group(2))),
            Rule.of("(\\w+) syncs(.*)", (script, command) -> script.sync(command.group(1), command.group(2))),
            Rule.of("(\\w+) heartbeats", (script, command) -> script.heartbeat(command.group(1), false)),
            Rule.of("(\\w+) waits for news", (script, command) -> script.heartbeat(command.group(1), true)),
            Rule.of(
                    "(\\w+) has more to say",
                    (script, command) -> script.host.step(
                            new GroupEvent.HeartbeatOverdue("g", script.member(command.group(1)).memberId))),
            Rule.of(
                    "(\\w+) leaves(?: with version (\\d))?",
                    (script, command) -> script.leave(command.group(1), command.group(2))),
            Rule.of("(.*) are removed", (script, command) -> script.remove(command.group(1))),
            Rule.of(
                    "(\\w+) starts again",
                    (script, command) -> script.member(command.group(1)).forget()),
            Rule.of(
                    "(\\w+) thinks it is in generation (-?\\d+)",
                    (script, command) ->
                            script.member(command.group(1)).generation = Integer.parseInt(command.group(2))),
            Rule.of(
                    "(\\w+) commits (.*?)(?: with version (\\d+))?",
                    (script, command) -> script.commit(command.group(1), command.group(2), command.group(3))),
            Rule.of(
                    "producer (\\d+) for (\\w+) sends (.*?)(?: with version (\\d+))?",
                    (script, command) ->
                            script.send(command.group(1), command.group(2), command.group(3), command.group(4))),
            Rule.of(
                    "producer (\\d+) (commits|aborts)",
                    (script, command) -> script.host.endTransaction(
                            Long.parseLong(command.group(1)), command.group(2).equals("commits"))),
            Rule.of("the offsets of (.*) are deleted", (script, command) -> script.deleteOffsets(command.group(1))),
            Rule.of(
                    "the( stable)? offsets of (.*?)(?: with version (\\d+))?",
                    (script, command) -> script.fetch(command.group(1) != null, command.group(2), command.group(3))),
            Rule.of(
                    "(\\d+) ms pass",
                    (script, command) -> script.host.advance(Long.parseLong(command.group(1)), script.host::flush)),
            Rule.of("the coordinator crashes", (script, command) -> script.host.crash()),
            Rule.of(
                    "the group is described(?: with version (\\d))?",
                    (script, command) -> script.describe(command.group(1))),
            Rule.of(
                    "groups are listed(?: in states (.*?))?(?: of types (.*))?",
                    (script, command) -> script.list(command.group(1), command.group(2))),
            Rule.of("the group is deleted", (script, command) -> script.deleteGroup()),
            Rule.of("topic (\\w+) is deleted", (script, command) -> script.deleteTopic(command.group(1))),
            Rule.of("topic (\\w+) is created", (script, command) -> script.host.topics.create(command.group(1), 2)));

    private TestMember member(String name) {
        return members.computeIfAbsent(name, TestMember::new);
    }

    // ---- membership

    private void join(String name, String options) {
        TestMember member = member(name);
        int version = 9;
        for (String option : options == null ? new String[0] : options.split(", ", -1)) {
            String key = option.substring(0, option.indexOf(' '));
            String value = option.substring(option.indexOf(' ') + 1);
            switch (key) {
                case "instance" -> member.instanceId = value;
                case "protocols" -> member.protocols = List.of(value.split(" ", -1));
                case "type" -> member.protocolType = value;
                case "topics" -> member.topics = List.of(value.split(" ", -1));
                case "session" -> member.sessionTimeoutMs = Integer.parseInt(value);
                case "rebalance" -> member.rebalanceTimeoutMs = Integer.parseInt(value);
                case "version" -> version = Integer.parseInt(value);
                default -> throw new AssertionError("not understood: with " + option);
            }
        }
        ask(name, member.joinRequest("g"), version, response -> joined(member, (JoinGroupResponseData) response));
    }

    private String joined(TestMember member, JoinGroupResponseData response) {
        ErrorCode error = ErrorCode.forCode(response.errorCode());
        if (error == ErrorCode.MEMBER_ID_REQUIRED) {
            member.memberId = response.memberId();
        }
        if (error != ErrorCode.NONE) {
            return member.name + ": " + error;
        }
        member.memberId = response.memberId();
        member.generation = response.generationId();
        String leads = response.members().isEmpty()
                ? ""
                : ", leads "
                        + response.members().stream()
                                .map(JoinGroupResponseMember::memberId)
                                .map(this::nameOf)
                                .collect(Collectors.joining(" "));
        return member.name + ": generation " + response.generationId() + " by " + response.protocolName() + leads
                + (response.skipAssignment() ? ", assigns nothing" : "");
    }

    /** Clients are called as the member is. */
    private String nameOf(String memberId) {
        return members.values().stream()
                .filter(member -> member.memberId.equals(memberId))
                .map(member -> member.name)
                .findFirst()
                .orElseGet(() -> memberId.substring(0, memberId.indexOf('-')));
    }

    private void sync(String name, String assignments) {
        TestMember member = member(name);
        List<SyncGroupRequestAssignment> assigned = words(assignments).stream()
                .map(assignment -> assignment.split("=", -1))
                .map(assignment -> new SyncGroupRequestAssignment()
                        .setMemberId(member(assignment[0]).memberId)
                        .setAssignment(assignment[1].getBytes(UTF_8)))
                .toList();
        SyncGroupRequestData request = new SyncGroupRequestData()
                .setGroupId("g")
                .setMemberId(member.memberId)
                .setGroupInstanceId(member.instanceId)
                .setGenerationId(member.generation)
                .setProtocolType(member.protocolType)
                .setProtocolName(member.protocols.getFirst())
                .setAssignments(assigned);
        ask(request, 5, response -> {
            SyncGroupResponseData sync = (SyncGroupResponseData) response;
            return name + ": "
                    + (sync.errorCode() == 0
                            ? "assigned " + new String(sync.assignment(), UTF_8)
                            : ErrorCode.forCode(sync.errorCode()));
        });
    }

    private void heartbeat(String name, boolean patient) {
        TestMember member = member(name);
        HeartbeatRequestData request = new HeartbeatRequestData()
                .setGroupId("g")
                .setMemberId(member.memberId)
                .setGroupInstanceId(member.instanceId)
                .setGenerationId(member.generation);
        ask(
                new RequestContext((short) 4, "client", "/127.0.0.1", patient),
                request,
                response -> name + ": " + ErrorCode.forCode(((HeartbeatResponseData) response).errorCode()));
    }

    private void leave(String name, String version) {
        TestMember member = member(name);
        LeaveGroupRequestData request = version == null
                ? new LeaveGroupRequestData().setGroupId("g").setMembers(List.of(identity(member)))
                : new LeaveGroupRequestData().setGroupId("g").setMemberId(member.memberId);
        ask(request, version == null ? 5 : Integer.parseInt(version), response -> left(List.of(name), response));
        member.forget();
    }

    private void remove(String names) {
        List<MemberIdentity> identities = words(names).stream()
                .map(this::member)
                .map(GroupScript::identity)
                .toList();
        ask(
                new LeaveGroupRequestData().setGroupId("g").setMembers(identities),
                5,
                response -> left(words(names), response));
    }

    private static MemberIdentity identity(TestMember member) {
        return new MemberIdentity().setMemberId(member.memberId).setGroupInstanceId(member.instanceId);
    }

    private static String left(List<String> names, ApiMessage response) {
        LeaveGroupResponseData left = (LeaveGroupResponseData) response;
        List<MemberResponse> results = left.members();
        if (results.isEmpty()) {
            return names.getFirst() + ": " + ErrorCode.forCode(left.errorCode());
        }
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            lines.add(names.get(i) + ": " + ErrorCode.forCode(results.get(i).errorCode()));
        }
        return String.join("\n", lines);
    }

    // ---- offsets

    /** A partition of a request, as in {@code t-0=5} or {@code t-0=5 with-3}: the offset and its leader epoch. */
    private record Position(String topic, int partition, long offset, int leaderEpoch, String metadata) {

        static Position of(String text) {
            Matcher matcher = Pattern.compile("(\\w+)-(\\d+)(?:=(\\d+))?(?:@(\\d+))?(?:#(\\d+))?")
                    .matcher(text);
            if (!matcher.matches()) {
                throw new AssertionError("not a partition: " + text);
            }
            return new Position(
                    matcher.group(1),
                    Integer.parseInt(matcher.group(2)),
                    matcher.group(3) == null ? -1 : Long.parseLong(matcher.group(3)),
                    matcher.group(4) == null ? -1 : Integer.parseInt(matcher.group(4)),
                    matcher.group(5) == null ? "" : "m".repeat(Integer.parseInt(matcher.group(5))));
        }

        static Map<String, List<Position>> byTopic(String text) {
            return words(text).stream()
                    .map(Position::of)
                    .collect(Collectors.groupingBy(Position::topic, LinkedHashMap::new, Collectors.toList()));
        }
    }

    private void commit(String name, String positions, String version) {
        TestMember member = name.equals("nobody") ? new TestMember(name) : member(name);
        OffsetCommitRequestData request = new OffsetCommitRequestData()
                .setGroupId("g")
                .setMemberId(member.memberId)
                .setGroupInstanceId(member.instanceId)
                .setGenerationIdOrMemberEpoch(member.generation);
        Position.byTopic(positions)
                .forEach((topic, partitions) -> request.topics()
                        .add(new OffsetCommitRequestTopic()
                                .setName(topic)
                                .setTopicId(idOf(topic))
                                .setPartitions(partitions.stream()
                                        .map(position -> new OffsetCommitRequestPartition()
                                                .setPartitionIndex(position.partition())
                                                .setCommittedOffset(position.offset())
                                                .setCommittedLeaderEpoch(position.leaderEpoch())
                                                .setCommittedMetadata(position.metadata()))
                                        .toList())));
        ask(
                request,
                version == null ? 9 : Integer.parseInt(version),
                response -> results(
                        name,
                        ((OffsetCommitResponseData) response)
                                .topics().stream()
                                        .flatMap(topic -> topic.partitions().stream()
                                                .map(partition -> ErrorCode.forCode(partition.errorCode())))
                                        .toList()));
    }

    private Uuid idOf(String topic) {
        TopicView.Topic found = host.topics.view().topic(topic);
        return found == null ? new Uuid(9, 9) : found.id();
    }

    private static String results(String name, List<ErrorCode> errors) {
        return name + ": " + errors.stream().distinct().map(ErrorCode::toString).collect(Collectors.joining(" "));
    }

    private void send(String producerId, String name, String positions, String version) {
        TestMember member = name.equals("nobody") ? new TestMember(name) : member(name);
        TxnOffsetCommitRequestData request = new TxnOffsetCommitRequestData()
                .setTransactionalId("x")
                .setProducerId(Long.parseLong(producerId))
                .setProducerEpoch((short) 0)
                .setGroupId("g")
                .setMemberId(member.memberId)
                .setGroupInstanceId(member.instanceId)
                .setGenerationIdOrMemberEpoch(member.generation);
        Position.byTopic(positions)
                .forEach((topic, partitions) -> request.topics()
                        .add(new TxnOffsetCommitRequestTopic()
                                .setName(topic)
                                .setTopicId(idOf(topic))
                                .setPartitions(partitions.stream()
                                        .map(position -> new TxnOffsetCommitRequestPartition()
                                                .setPartitionIndex(position.partition())
                                                .setCommittedOffset(position.offset()))
                                        .toList())));
        ask(
                request,
                version == null ? 5 : Integer.parseInt(version),
                response -> results(
                        "producer " + producerId,
                        ((TxnOffsetCommitResponseData) response)
                                .topics().stream()
                                        .flatMap(topic -> topic.partitions().stream()
                                                .map(partition -> ErrorCode.forCode(partition.errorCode())))
                                        .toList()));
    }

    private void fetch(boolean stable, String positions, String version) {
        OffsetFetchRequestGroup group = new OffsetFetchRequestGroup().setGroupId("g");
        group.setTopics(
                positions.equals("all")
                        ? null
                        : Position.byTopic(positions).entrySet().stream()
                                .map(entry -> new OffsetFetchRequestTopics()
                                        .setName(entry.getKey())
                                        .setTopicId(version == null ? Uuid.ZERO_UUID : idOf(entry.getKey()))
                                        .setPartitionIndexes(entry.getValue().stream()
                                                .map(Position::partition)
                                                .toList()))
                                .toList());
        ask(
                new OffsetFetchRequestData().setRequireStable(stable).setGroups(List.of(group)),
                version == null ? 9 : Integer.parseInt(version),
                response -> {
                    var result = ((OffsetFetchResponseData) response).groups().getFirst();
                    String offsets = result.topics().stream()
                            .flatMap(topic ->
                                    topic.partitions().stream().map(partition -> topic.name() + "-" + show(partition)))
                            .collect(Collectors.joining(" "));
                    return "offsets: "
                            + (result.errorCode() == 0
                                    ? (offsets.isEmpty() ? "none" : offsets)
                                    : ErrorCode.forCode(result.errorCode()));
                });
    }

    private static String show(OffsetFetchResponsePartitions partition) {
        String position = partition.errorCode() != 0
                ? ErrorCode.forCode(partition.errorCode()).toString()
                : Long.toString(partition.committedOffset());
        return partition.partitionIndex() + "=" + position
                + (partition.committedLeaderEpoch() == -1 ? "" : "@" + partition.committedLeaderEpoch());
    }

    private void deleteOffsets(String positions) {
        OffsetDeleteRequestTopicCollection topics = new OffsetDeleteRequestTopicCollection();
        Position.byTopic(positions)
                .forEach((topic, partitions) -> topics.add(new OffsetDeleteRequestTopic()
                        .setName(topic)
                        .setPartitions(partitions.stream()
                                .map(position ->
                                        new OffsetDeleteRequestPartition().setPartitionIndex(position.partition()))
                                .toList())));
        ask(new OffsetDeleteRequestData().setGroupId("g").setTopics(topics), 0, response -> {
            OffsetDeleteResponseData deleted = (OffsetDeleteResponseData) response;
            List<ErrorCode> errors = new ArrayList<>(List.of(ErrorCode.forCode(deleted.errorCode())));
            deleted.topics()
                    .forEach(topic -> topic.partitions().forEach(partition -> {
                        errors.remove(ErrorCode.NONE);
                        errors.add(ErrorCode.forCode(partition.errorCode()));
                    }));
            return results("deleted", errors);
        });
    }

    // ---- administration

    private void describe(String version) {
        ask(
                new DescribeGroupsRequestData().setGroups(List.of("g")),
                version == null ? 6 : Integer.parseInt(version),
                response -> {
                    var group = ((DescribeGroupsResponseData) response).groups().getFirst();
                    return "group: " + group.groupState()
                            + (group.errorCode() == 0 ? "" : " " + ErrorCode.forCode(group.errorCode()))
                            + (group.protocolData().isEmpty() ? "" : " by " + group.protocolData())
                            + group.members().stream()
                                    .map(member -> " " + nameOf(member.memberId()) + "="
                                            + new String(member.memberAssignment(), UTF_8))
                                    .collect(Collectors.joining());
                });
    }

    private void list(String states, String types) {
        ask(new ListGroupsRequestData().setStatesFilter(words(states)).setTypesFilter(words(types)), 5, response -> {
            String listed = ((ListGroupsResponseData) response)
                    .groups().stream()
                            .map(group -> String.join(
                                            " ",
                                            group.groupId(),
                                            group.groupState(),
                                            group.groupType(),
                                            group.protocolType())
                                    .trim())
                            .collect(Collectors.joining(", "));
            return "groups: " + (listed.isEmpty() ? "none" : listed);
        });
    }

    private void deleteGroup() {
        ask(
                new DeleteGroupsRequestData().setGroupsNames(List.of("g")),
                2,
                response -> "deleted: "
                        + ErrorCode.forCode(((DeleteGroupsResponseData) response)
                                .results()
                                .find("g")
                                .errorCode()));
    }

    private void deleteTopic(String name) {
        host.step(new GroupEvent.TopicsDeleted(List.of(host.topics.delete(name))));
    }

    private static List<String> words(String text) {
        return text == null || text.isBlank()
                ? List.of()
                : Arrays.asList(text.trim().split(" +", -1));
    }
}
