package io.headrace.coordination.group;

import io.headrace.coordination.Transcript;
import io.headrace.coordination.Transcript.Rule;
import io.headrace.coordination.group.consumer.ConsumerGroupSettings;
import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.ConsumerGroupDescribeRequestData;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.Assignment;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.DescribedGroup;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData.Member;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;
import org.apache.kafka.common.message.DeleteGroupsRequestData;
import org.apache.kafka.common.message.DeleteGroupsResponseData;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.HeartbeatResponseData;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.LeaveGroupResponseData;
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
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupRequestData.SyncGroupRequestAssignment;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.utils.Utils;

/**
 * Plays a conversation of a consumer group with its coordinator and writes down what was answered: lines that begin with
 * {@code >} are what happens, the lines below one are the answers. The group is called g; topic t has four partitions, u has
 * two.
 *
 * <p>Members of the consumer protocol: {@code a joins t u}, {@code a beats} (says nothing new), {@code a acknowledges} (owns
 * what it was told), {@code a subscribes to u}, {@code a leaves}, {@code a goes away} and {@code a comes back t} (static).
 * Those of the classic one: {@code a joins classic t}, {@code a syncs}, {@code a checks} (a Heartbeat), {@code a quits}.
 * Behind "with" stands what the client is like: {@code with instance i, rack r, regex t.*, assignor range, rebalance 1000,
 * version 0, eager}.
 */
final class ConsumerScript {

    private final Map<String, TestConsumer> members = new LinkedHashMap<>();
    private final Transcript transcript = new Transcript();
    private final TestHost host;

    private ConsumerScript(ConsumerGroupSettings settings) {
        host = new TestHost(GroupSettings.defaults(), settings, 1, false, transcript::answered);
        host.topics.create("t", 4);
        host.topics.create("u", 2);
    }

    static void check(String transcript) {
        check(ConsumerGroupSettings.defaults(), transcript);
    }

    static void check(ConsumerGroupSettings settings, String transcript) {
        ConsumerScript script = new ConsumerScript(settings);
        script.transcript.check(transcript, RULES, script, script.host::flush);
    }

    private void ask(String clientId, ApiMessage request, int version, Function<ApiMessage, String> reader) {
        long ticket = host.ask(request, version, clientId);
        transcript.expect(ticket, reader);
    }

    // ---- what can happen

    private static final List<Rule<ConsumerScript>> RULES = List.of(
            Rule.of(
                    "(\\w+) joins classic( (?!with ).*?)?(?: with (.*))?",
                    (script, command) -> script.joinClassic(command.group(1), command.group(2), command.group(3))),
            Rule.of(
                    "(\\w+) joins( (?!with ).*?)?(?: with (.*))?",
                    (script, command) -> script.join(command.group(1), command.group(2), command.group(3))),
            Rule.of("(\\w+) comes back( (?!with |classic).*?)?(?: with (.*))?", (script, command) -> {
                script.member(command.group(1)).restart();
                script.join(command.group(1), command.group(2), command.group(3));
            }),
            Rule.of("(\\w+) comes back classic( .*?)?", (script, command) -> {
                script.member(command.group(1)).restart();
                script.joinClassic(command.group(1), command.group(2), null);
            }),
            Rule.of(
                    "(\\w+) beats(?: in epoch (-?\\d+))?(?: owning( .*)?)?",
                    (script, command) -> script.beat(
                            command.group(1),
                            command.group(2),
                            command.group(0).contains(" owning"),
                            command.group(3))),
            Rule.of(
                    "(\\w+) says everything",
                    (script, command) -> script.heartbeat(
                            script.member(command.group(1)),
                            script.member(command.group(1)).full(script.host.topics),
                            1)),
            Rule.of("(\\w+) acknowledges", (script, command) -> script.acknowledge(command.group(1))),
            Rule.of(
                    "(\\w+) subscribes to( (?!with ).*?)?(?: with (.*))?",
                    (script, command) -> script.subscribe(command.group(1), command.group(2), command.group(3))),
            Rule.of("(\\w+) leaves", (script, command) -> script.leave(command.group(1), -1)),
            Rule.of("(\\w+) goes away", (script, command) -> script.leave(command.group(1), -2)),
            Rule.of("(\\w+) syncs", (script, command) -> script.sync(command.group(1))),
            Rule.of("(\\w+) checks", (script, command) -> script.checkIn(command.group(1))),
            Rule.of("(\\w+) quits", (script, command) -> script.quit(command.group(1))),
            Rule.of(
                    "(\\w+) commits (\\S+)=(\\d+)(?: in epoch (-?\\d+))?(?: with version (\\d+))?",
                    (script, command) -> script.commit(
                            command.group(1), command.group(2), command.group(3), command.group(4), command.group(5))),
            Rule.of(
                    "(\\w+) fetches (\\S+)(?: in epoch (-?\\d+))?",
                    (script, command) -> script.fetch(command.group(1), command.group(2), command.group(3))),
            Rule.of("the offsets of (\\S+) are deleted", (script, command) -> script.deleteOffsets(command.group(1))),
            Rule.of(
                    "(\\d+) ms pass",
                    (script, command) -> script.host.advance(Long.parseLong(command.group(1)), script.host::flush)),
            Rule.of("the coordinator crashes", (script, command) -> script.host.crash()),
            Rule.of("the group is described", (script, command) -> script.describe()),
            Rule.of("the group is deleted", (script, command) -> script.deleteGroup()),
            Rule.of("groups are listed", (script, command) -> script.list()),
            Rule.of("topic (\\w+) is created", (script, command) -> script.host.topics.create(command.group(1), 2)),
            Rule.of(
                    "topic (\\w+) has (\\d+) partitions",
                    (script, command) ->
                            script.host.topics.extend(command.group(1), Integer.parseInt(command.group(2)))),
            Rule.of("topic (\\w+) is deleted", (script, command) -> script.host.topics.delete(command.group(1))));

    private TestConsumer member(String name) {
        return members.computeIfAbsent(name, TestConsumer::new);
    }

    // ---- the consumer protocol

    private void join(String name, String topics, String options) {
        TestConsumer member = member(name);
        member.topics = TestConsumer.words(topics == null ? "" : topics);
        int version = options(member, options);
        if (version == 0) {
            member.memberId = "";
        }
        member.epoch = 0;
        member.owned.clear();
        heartbeat(member, member.full(host.topics), version);
    }

    /** The version of the request. */
    private static int options(TestConsumer member, String options) {
        int version = 1;
        for (String option : options == null ? new String[0] : options.split(", ", -1)) {
            String[] words = option.split(" ", 2);
            switch (words[0]) {
                case "instance" -> member.instanceId = words[1];
                case "rack" -> member.rackId = words[1];
                case "regex" -> member.regex = words[1];
                case "assignor" -> member.assignor = words[1];
                case "rebalance" -> member.rebalanceTimeoutMs = Integer.parseInt(words[1]);
                case "version" -> version = Integer.parseInt(words[1]);
                case "eager" -> member.cooperative = false;
                default -> throw new AssertionError("not understood: with " + option);
            }
        }
        return version;
    }

    private void beat(String name, String epoch, boolean owning, String owned) {
        TestConsumer member = member(name);
        ConsumerGroupHeartbeatRequestData request = member.beat();
        if (epoch != null) {
            request.setMemberEpoch(Integer.parseInt(epoch));
        }
        if (owning) {
            member.owned = new TreeSet<>(TestConsumer.words(owned == null ? "" : owned));
            request.setTopicPartitions(member.owned(host.topics));
        }
        heartbeat(member, request, 1);
    }

    private void acknowledge(String name) {
        TestConsumer member = member(name);
        member.owned = new TreeSet<>(member.assigned);
        heartbeat(member, member.beat().setTopicPartitions(member.owned(host.topics)), 1);
    }

    private void subscribe(String name, String topics, String options) {
        TestConsumer member = member(name);
        member.topics = TestConsumer.words(topics == null ? "" : topics);
        options(member, options);
        heartbeat(
                member, member.beat().setSubscribedTopicNames(member.topics).setSubscribedTopicRegex(member.regex), 1);
    }

    private void leave(String name, int epoch) {
        TestConsumer member = member(name);
        heartbeat(member, member.leave(epoch), 1);
    }

    private void heartbeat(TestConsumer member, ConsumerGroupHeartbeatRequestData request, int version) {
        ask(member.name, request, version, response -> {
            ConsumerGroupHeartbeatResponseData beat = (ConsumerGroupHeartbeatResponseData) response;
            if (beat.errorCode() != 0) {
                return member.name + ": " + ErrorCode.forCode(beat.errorCode()) + ": " + beat.errorMessage();
            }
            member.memberId = beat.memberId();
            member.epoch = beat.memberEpoch();
            String told = "";
            if (beat.assignment() != null) {
                member.assigned = new TreeSet<>();
                beat.assignment()
                        .topicPartitions()
                        .forEach(topic -> topic.partitions()
                                .forEach(number -> member.assigned.add(nameOf(topic.topicId()) + "-" + number)));
                told = ", has" + text(member.assigned);
            }
            return member.name + ": epoch " + beat.memberEpoch() + told;
        });
    }

    private String nameOf(Uuid topicId) {
        return host.topics.view().topic(topicId).name();
    }

    private static String text(Collection<String> words) {
        return words.isEmpty() ? " nothing" : " " + String.join(" ", words);
    }

    // ---- the classic protocol

    private void joinClassic(String name, String topics, String options) {
        TestConsumer member = member(name);
        options(member, options);
        if (topics != null) {
            member.topics = TestConsumer.words(topics);
        }
        if (member.epoch == 0) {
            member.memberId = "";
        }
        askToJoin(member);
    }

    private void askToJoin(TestConsumer member) {
        ask(member.name, member.join(), 9, response -> {
            JoinGroupResponseData join = (JoinGroupResponseData) response;
            ErrorCode error = ErrorCode.forCode(join.errorCode());
            if (error == ErrorCode.MEMBER_ID_REQUIRED) {
                member.memberId = join.memberId();
                member.epoch = -1;
            }
            if (error != ErrorCode.NONE) {
                return member.name + ": " + error;
            }
            member.memberId = join.memberId();
            member.epoch = join.generationId();
            return member.name + ": generation " + join.generationId() + " by " + join.protocolName()
                    + (join.leader().equals(join.memberId()) ? ", leads" : "");
        });
    }

    private void sync(String name) {
        TestConsumer member = member(name);
        SyncGroupRequestData request = new SyncGroupRequestData()
                .setGroupId("g")
                .setMemberId(member.memberId)
                .setGroupInstanceId(member.instanceId)
                .setGenerationId(member.epoch)
                .setProtocolType("consumer")
                .setProtocolName("range")
                .setAssignments(List.of(new SyncGroupRequestAssignment()
                        .setMemberId(member.memberId)
                        .setAssignment(assignEverything(member.topics))));
        ask(name, request, 5, response -> {
            SyncGroupResponseData sync = (SyncGroupResponseData) response;
            if (sync.errorCode() != 0) {
                return name + ": " + ErrorCode.forCode(sync.errorCode());
            }
            member.assigned = TestConsumer.partitions(sync.assignment());
            member.owned = new TreeSet<>(member.assigned);
            return name + ": has" + text(member.assigned);
        });
    }

    /** What a leader without followers assigns to itself. */
    private byte[] assignEverything(List<String> topics) {
        List<TopicPartition> all = new ArrayList<>();
        for (String topic : topics) {
            for (int number = 0; number < host.topics.view().topic(topic).partitionCount(); number++) {
                all.add(new TopicPartition(topic, number));
            }
        }
        return Utils.toArray(ConsumerProtocol.serializeAssignment(new ConsumerPartitionAssignor.Assignment(all)));
    }

    private void checkIn(String name) {
        TestConsumer member = member(name);
        HeartbeatRequestData request = new HeartbeatRequestData()
                .setGroupId("g")
                .setMemberId(member.memberId)
                .setGroupInstanceId(member.instanceId)
                .setGenerationId(member.epoch);
        ask(
                name,
                request,
                4,
                response -> name + ": " + ErrorCode.forCode(((HeartbeatResponseData) response).errorCode()));
    }

    private void quit(String name) {
        TestConsumer member = member(name);
        LeaveGroupRequestData request = new LeaveGroupRequestData()
                .setGroupId("g")
                .setMembers(List.of(
                        new MemberIdentity().setMemberId(member.memberId).setGroupInstanceId(member.instanceId)));
        ask(
                name,
                request,
                5,
                response -> name + ": "
                        + ErrorCode.forCode(((LeaveGroupResponseData) response)
                                .members()
                                .getFirst()
                                .errorCode()));
    }

    // ---- offsets

    private TestConsumer memberOrNobody(String name) {
        TestConsumer member = member(name);
        if (name.equals("nobody")) {
            member.memberId = "";
        }
        return member;
    }

    private void commit(String name, String partition, String offset, String epoch, String version) {
        TestConsumer member = memberOrNobody(name);
        String[] parts = partition.split("-", -1);
        OffsetCommitRequestData request = new OffsetCommitRequestData()
                .setGroupId("g")
                .setMemberId(member.memberId)
                .setGroupInstanceId(member.instanceId)
                .setGenerationIdOrMemberEpoch(epoch == null ? member.epoch : Integer.parseInt(epoch))
                .setTopics(List.of(new OffsetCommitRequestTopic()
                        .setName(parts[0])
                        .setPartitions(List.of(new OffsetCommitRequestPartition()
                                .setPartitionIndex(Integer.parseInt(parts[1]))
                                .setCommittedOffset(Long.parseLong(offset))))));
        ask(
                name,
                request,
                version == null ? 9 : Integer.parseInt(version),
                response -> name + ": "
                        + ErrorCode.forCode(((OffsetCommitResponseData) response)
                                .topics()
                                .getFirst()
                                .partitions()
                                .getFirst()
                                .errorCode()));
    }

    private void fetch(String name, String partition, String epoch) {
        TestConsumer member = memberOrNobody(name);
        String[] parts = partition.split("-", -1);
        OffsetFetchRequestData request = new OffsetFetchRequestData()
                .setGroups(List.of(new OffsetFetchRequestGroup()
                        .setGroupId("g")
                        .setMemberId(member.memberId)
                        .setMemberEpoch(epoch == null ? member.epoch : Integer.parseInt(epoch))
                        .setTopics(List.of(new OffsetFetchRequestTopics()
                                .setName(parts[0])
                                .setPartitionIndexes(List.of(Integer.parseInt(parts[1])))))));
        ask(name, request, 9, response -> {
            var group = ((OffsetFetchResponseData) response).groups().getFirst();
            return name + ": "
                    + (group.errorCode() != 0
                            ? ErrorCode.forCode(group.errorCode())
                            : group.topics().getFirst().partitions().getFirst().committedOffset());
        });
    }

    private void deleteOffsets(String partition) {
        String[] parts = partition.split("-", -1);
        OffsetDeleteRequestTopicCollection topics = new OffsetDeleteRequestTopicCollection();
        topics.add(new OffsetDeleteRequestTopic()
                .setName(parts[0])
                .setPartitions(
                        List.of(new OffsetDeleteRequestPartition().setPartitionIndex(Integer.parseInt(parts[1])))));
        ask(
                "admin",
                new OffsetDeleteRequestData().setGroupId("g").setTopics(topics),
                0,
                response -> "deleted: "
                        + ErrorCode.forCode(((OffsetDeleteResponseData) response)
                                .topics()
                                .iterator()
                                .next()
                                .partitions()
                                .iterator()
                                .next()
                                .errorCode()));
    }

    // ---- tools

    private void describe() {
        ask("admin", new ConsumerGroupDescribeRequestData().setGroupIds(List.of("g")), 1, response -> {
            DescribedGroup group =
                    ((ConsumerGroupDescribeResponseData) response).groups().getFirst();
            if (group.errorCode() != 0) {
                return "group: " + ErrorCode.forCode(group.errorCode()) + ": " + group.errorMessage();
            }
            StringBuilder text = new StringBuilder("group: " + group.groupState() + " epoch " + group.groupEpoch()
                    + ", target " + group.assignmentEpoch() + " by " + group.assignorName());
            for (Member member : group.members()) {
                text.append('\n')
                        .append(member.memberType() == 0 ? "classic " : "member ")
                        .append(member.clientId())
                        .append(" epoch ")
                        .append(member.memberEpoch())
                        .append(", has")
                        .append(text(partitions(member.assignment())))
                        .append(", target")
                        .append(text(partitions(member.targetAssignment())));
            }
            return text.toString();
        });
    }

    private static NavigableSet<String> partitions(Assignment assignment) {
        TreeSet<String> partitions = new TreeSet<>();
        assignment
                .topicPartitions()
                .forEach(topic ->
                        topic.partitions().forEach(number -> partitions.add(topic.topicName() + "-" + number)));
        return partitions;
    }

    private void list() {
        ask("admin", new ListGroupsRequestData(), 5, response -> {
            StringBuilder text = new StringBuilder("groups:");
            ((ListGroupsResponseData) response)
                    .groups()
                    .forEach(group -> text.append(' ')
                            .append(group.groupId())
                            .append(' ')
                            .append(group.groupState())
                            .append(' ')
                            .append(group.groupType()));
            return text.toString();
        });
    }

    private void deleteGroup() {
        ask(
                "admin",
                new DeleteGroupsRequestData().setGroupsNames(List.of("g")),
                2,
                response -> "deleted: "
                        + ErrorCode.forCode(((DeleteGroupsResponseData) response)
                                .results()
                                .iterator()
                                .next()
                                .errorCode()));
    }
}
