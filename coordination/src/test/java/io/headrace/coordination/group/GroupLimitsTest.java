package io.headrace.coordination.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.wire.ErrorCode;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.message.ConsumerGroupDescribeRequestData;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatResponseData;
import org.apache.kafka.common.message.DeleteGroupsRequestData;
import org.apache.kafka.common.message.DeleteGroupsResponseData;
import org.apache.kafka.common.message.JoinGroupResponseData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetCommitResponseData;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.SyncGroupRequestData.SyncGroupRequestAssignment;
import org.apache.kafka.common.message.SyncGroupResponseData;
import org.apache.kafka.common.protocol.ApiMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is large, long or odd. {@link TestHost} takes no batch that a broker would not take. */
final class GroupLimitsTest {

    private static final int MANY = 20_000;

    private final Map<Long, ApiMessage> answers = new LinkedHashMap<>();
    private final TestHost host = new TestHost(Settings.offsetsRetentionMs(3_000, 1_000), 1, answers::put);

    @Test
    void aCommitThatNoBatchCanHoldIsRefused() {
        host.topics.create("t", MANY);

        assertThat(commit(300, "m".repeat(4096))).containsOnly(ErrorCode.UNKNOWN_SERVER_ERROR);
        assertThat(host.writes()).isZero();
        assertThat(commit(3, "m".repeat(4096))).containsOnly(ErrorCode.NONE);
    }

    @Test
    void anAssignmentThatNoBatchCanHoldIsAnErrorAndTheMembersJoinAgain() {
        TestMember member = new TestMember("a");
        join(member, 3);

        assertThat(sync(member, new byte[1_100_000])).isEqualTo(ErrorCode.UNKNOWN_SERVER_ERROR);
        assertThat(join(member, 3)).isEqualTo(ErrorCode.NONE);
        assertThat(sync(member, new byte[900_000])).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void theTopicSaysWhatABatchCanHold() {
        host.topics.create("t", 1);
        host.setStepBytes(600);

        assertThat(commit(1, "m".repeat(600))).containsOnly(ErrorCode.UNKNOWN_SERVER_ERROR);
        assertThat(host.writes()).isZero();
        assertThat(commit(1, "m".repeat(100))).containsOnly(ErrorCode.NONE);
        host.setStepBytes(2_000);
        assertThat(commit(1, "m".repeat(600))).containsOnly(ErrorCode.NONE);
    }

    @Test
    void whatNobodyHasAskedForIsDoneHoweverLittleABatchHolds() {
        host.topics.create("t", 3);
        assertThat(commit(3, "")).containsOnly(ErrorCode.NONE);
        host.setStepBytes(1);

        host.advance(3_000, host::flush);

        assertThat(offsets()).isZero();
    }

    @Test
    void aSubscriptionThatNoBatchCanHoldIsRefused() {
        TestConsumer modern = new TestConsumer("modern");
        modern.topics = List.of("t".repeat(600));
        host.setStepBytes(600);

        assertThat(beat(modern)).isEqualTo(ErrorCode.UNKNOWN_SERVER_ERROR);
        assertThat(host.writes()).isZero();
        modern.topics = List.of("t");
        assertThat(beat(modern)).isEqualTo(ErrorCode.NONE);
        modern.topics = List.of("t".repeat(600));
        assertThat(beat(modern)).isEqualTo(ErrorCode.UNKNOWN_SERVER_ERROR);
        modern.topics = List.of("t");
        assertThat(beat(modern)).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void aClassicMembersSubscriptionThatNoBatchCanHoldIsRefusedByAConsumerGroup() {
        TestConsumer modern = new TestConsumer("modern");
        modern.topics = List.of("t");
        beat(modern);
        long before = host.writes();
        TestConsumer old = new TestConsumer("old");
        old.memberId = "";
        old.topics = List.of("t".repeat(600));
        host.setStepBytes(600);

        assertThat(ErrorCode.forCode(((JoinGroupResponseData) ask(old.join(), 3)).errorCode()))
                .isEqualTo(ErrorCode.UNKNOWN_SERVER_ERROR);
        assertThat(host.writes()).isEqualTo(before);
    }

    @Test
    void aConsumerGroupHasAName() {
        ConsumerGroupDescribeResponseData described = (ConsumerGroupDescribeResponseData)
                ask(new ConsumerGroupDescribeRequestData().setGroupIds(List.of("", "g")), 1);

        assertThat(described.groups())
                .extracting(group -> ErrorCode.forCode(group.errorCode()))
                .containsExactly(ErrorCode.INVALID_GROUP_ID, ErrorCode.GROUP_ID_NOT_FOUND);
    }

    private ErrorCode beat(TestConsumer member) {
        ConsumerGroupHeartbeatResponseData response =
                (ConsumerGroupHeartbeatResponseData) ask(member.full(host.topics), 1);
        ErrorCode error = ErrorCode.forCode(response.errorCode());
        if (error == ErrorCode.NONE) {
            member.epoch = response.memberEpoch();
        }
        return error;
    }

    @Test
    void aProtocolThatIsNamedTwiceIsOne() {
        TestMember member = new TestMember("a");
        member.protocols = List.of("range", "range");

        assertThat(join(member, 3)).isEqualTo(ErrorCode.NONE);
        assertThat(sync(member, new byte[1])).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void aClientMayHaveAnyName() {
        for (String name : new String[] {null, "", "é".repeat(16_000)}) {
            TestMember member = new TestMember(name);
            member.instanceId = "i" + name;

            assertThat(join(member, 9)).isEqualTo(ErrorCode.NONE);
            member.forget();
        }
    }

    /** Version 0, and: nothing; no list of topics; a list of too many; one topic, and it is cut off; no topic's name. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", "00", "0000", "0000ffffffff", "00007fffffff", "00000000000100", "000000000001ffff", "ffff"})
    void aSubscriptionMayBeAnything(String hex) {
        TestMember member = new TestMember("a");
        member.metadata = HexFormat.of().parseHex(hex);

        assertThat(join(member, 3)).isEqualTo(ErrorCode.NONE);
        assertThat(sync(member, new byte[1])).isEqualTo(ErrorCode.NONE);
    }

    @Test
    void aGroupWithMoreOffsetsThanABatchCanTombstoneIsDeletedByTryingAgain() {
        commitMany();
        List<ErrorCode> errors = new ArrayList<>();
        do {
            DeleteGroupsResponseData response =
                    (DeleteGroupsResponseData) ask(new DeleteGroupsRequestData().setGroupsNames(List.of("g")), 2);
            errors.add(ErrorCode.forCode(response.results().find("g").errorCode()));
        } while (errors.getLast() == ErrorCode.COORDINATOR_LOAD_IN_PROGRESS);

        assertThat(errors).hasSizeGreaterThan(1).last().isEqualTo(ErrorCode.NONE);
        assertThat(offsets()).isZero();
    }

    @Test
    void manyOffsetsExpireInPortions() {
        commitMany();
        long before = host.writes();
        host.advance(3_000, host::flush);

        assertThat(offsets()).isZero();
        assertThat(host.writes() - before).isGreaterThan(1);
    }

    @Test
    void theOffsetsOfADeletedTopicGoInPortions() {
        commitMany();
        long before = host.writes();
        host.step(new GroupEvent.TopicsDeleted(List.of(host.topics.delete("t"))));
        host.advance(0, host::flush);

        assertThat(offsets()).isZero();
        assertThat(host.writes() - before).isGreaterThan(1);
    }

    private void commitMany() {
        host.topics.create("t", MANY);
        for (int first = 0; first < MANY; first += 5_000) {
            assertThat(commit(IntStream.range(first, first + 5_000), "")).containsOnly(ErrorCode.NONE);
        }
        assertThat(offsets()).isEqualTo(MANY);
    }

    private List<ErrorCode> commit(int partitions, String metadata) {
        return commit(IntStream.range(0, partitions), metadata);
    }

    private List<ErrorCode> commit(IntStream partitions, String metadata) {
        OffsetCommitResponseData response = (OffsetCommitResponseData) ask(
                new OffsetCommitRequestData()
                        .setGroupId("g")
                        .setTopics(List.of(new OffsetCommitRequestTopic()
                                .setName("t")
                                .setPartitions(partitions
                                        .mapToObj(index -> new OffsetCommitRequestPartition()
                                                .setPartitionIndex(index)
                                                .setCommittedOffset(1)
                                                .setCommittedMetadata(metadata))
                                        .toList()))),
                9);
        return response.topics().getFirst().partitions().stream()
                .map(partition -> ErrorCode.forCode(partition.errorCode()))
                .toList();
    }

    private int offsets() {
        OffsetFetchResponseData response = (OffsetFetchResponseData) ask(
                new OffsetFetchRequestData()
                        .setGroups(List.of(
                                new OffsetFetchRequestGroup().setGroupId("g").setTopics(null))),
                9);
        return response.groups().getFirst().topics().stream()
                .mapToInt(topic -> topic.partitions().size())
                .sum();
    }

    private ErrorCode join(TestMember member, int version) {
        JoinGroupResponseData response =
                (JoinGroupResponseData) ask(member.name, member.joinRequest("g" + member.instanceId), version);
        member.memberId = response.memberId();
        member.generation = response.generationId();
        return ErrorCode.forCode(response.errorCode());
    }

    private ErrorCode sync(TestMember member, byte[] assignment) {
        SyncGroupResponseData response = (SyncGroupResponseData) ask(
                new SyncGroupRequestData()
                        .setGroupId("g" + member.instanceId)
                        .setMemberId(member.memberId)
                        .setGenerationId(member.generation)
                        .setAssignments(List.of(new SyncGroupRequestAssignment()
                                .setMemberId(member.memberId)
                                .setAssignment(assignment))),
                3);
        return ErrorCode.forCode(response.errorCode());
    }

    private ApiMessage ask(ApiMessage request, int version) {
        return ask("client", request, version);
    }

    private ApiMessage ask(String clientId, ApiMessage request, int version) {
        long ticket = host.ask(request, version, clientId);
        host.flush();
        return answers.get(ticket);
    }
}
