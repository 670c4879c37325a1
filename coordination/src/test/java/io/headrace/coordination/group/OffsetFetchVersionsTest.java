package io.headrace.coordination.group;

import static org.assertj.core.api.Assertions.assertThat;

import io.headrace.coordination.group.offsets.OffsetFetchVersions;
import io.headrace.wire.ErrorCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopic;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.OffsetFetchResponseData;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponsePartition;
import org.apache.kafka.common.message.OffsetFetchResponseData.OffsetFetchResponseTopic;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OffsetFetch in the forms that it has had: one group, then several. */
final class OffsetFetchVersionsTest {

    private final Map<Long, ApiMessage> answers = new LinkedHashMap<>();
    private final TestHost host = new TestHost(GroupSettings.defaults(), 1, answers::put);

    @BeforeEach
    void commit() {
        host.topics.create("t", 2);
        ask(
                new OffsetCommitRequestData()
                        .setGroupId("g")
                        .setTopics(List.of(new OffsetCommitRequestTopic()
                                .setName("t")
                                .setPartitions(List.of(new OffsetCommitRequestPartition()
                                        .setPartitionIndex(0)
                                        .setCommittedOffset(5)
                                        .setCommittedLeaderEpoch(2)
                                        .setCommittedMetadata("m"))))),
                9);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 7})
    void ofOneGroup(int version) {
        OffsetFetchResponseData response = fetch(
                new OffsetFetchRequestData()
                        .setGroupId("g")
                        .setTopics(List.of(
                                new OffsetFetchRequestTopic().setName("t").setPartitionIndexes(List.of(0, 1)))),
                version);

        assertThat(response.topics())
                .containsExactly(new OffsetFetchResponseTopic()
                        .setName("t")
                        .setPartitions(List.of(
                                new OffsetFetchResponsePartition()
                                        .setPartitionIndex(0)
                                        .setCommittedOffset(5)
                                        .setCommittedLeaderEpoch(version < 5 ? -1 : 2)
                                        .setMetadata("m"),
                                new OffsetFetchResponsePartition()
                                        .setPartitionIndex(1)
                                        .setCommittedOffset(-1)
                                        .setCommittedLeaderEpoch(-1)
                                        .setMetadata(""))));
    }

    @Test
    void allOfOneGroup() {
        OffsetFetchResponseData response =
                fetch(new OffsetFetchRequestData().setGroupId("g").setTopics(null), 2);

        assertThat(response.topics()).hasSize(1);
        assertThat(response.topics().getFirst().partitions()).hasSize(1);
    }

    @Test
    void ofSeveralGroups() {
        OffsetFetchRequestTopics topic =
                new OffsetFetchRequestTopics().setName("t").setPartitionIndexes(List.of(0));
        OffsetFetchResponseData response = fetch(
                new OffsetFetchRequestData()
                        .setGroups(List.of(
                                new OffsetFetchRequestGroup().setGroupId("g").setTopics(List.of(topic)),
                                new OffsetFetchRequestGroup().setGroupId("h").setTopics(List.of(topic)))),
                8);

        assertThat(response.groups())
                .extracting(group -> group.groupId() + " "
                        + group.topics().getFirst().partitions().getFirst().committedOffset())
                .containsExactly("g 5", "h -1");
    }

    @Test
    void theFirstVersionHasAnErrorForEachPartitionOnly() {
        OffsetFetchRequestData request = new OffsetFetchRequestData()
                .setGroupId("g")
                .setTopics(List.of(new OffsetFetchRequestTopic().setName("t").setPartitionIndexes(List.of(0, 1))));

        assertThat(OffsetFetchVersions.refusalOfOneGroup(request, ErrorCode.NOT_COORDINATOR, (short) 1)
                        .topics()
                        .getFirst()
                        .partitions())
                .extracting(OffsetFetchResponsePartition::errorCode)
                .containsExactly(ErrorCode.NOT_COORDINATOR.code(), ErrorCode.NOT_COORDINATOR.code());
        assertThat(OffsetFetchVersions.refusalOfOneGroup(request, ErrorCode.NOT_COORDINATOR, (short) 2)
                        .errorCode())
                .isEqualTo(ErrorCode.NOT_COORDINATOR.code());
    }

    /** As the client would read it. */
    private OffsetFetchResponseData fetch(OffsetFetchRequestData request, int version) {
        ApiMessage response = ask(request, version);
        ByteBufferAccessor bytes = MessageUtil.toByteBufferAccessor(response, (short) version);
        return new OffsetFetchResponseData(bytes, (short) version);
    }

    private ApiMessage ask(ApiMessage request, int version) {
        long ticket = host.ask(request, version, "client");
        host.flush();
        return answers.get(ticket);
    }
}
